"""Published policies (政策)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jiuye.domains.policies.states import Topic
from jiuye.domains.reference.models import Region
from jiuye.kernel.ids import new_id


class Policy(models.Model):
    """A policy document for the public; `region` null means the whole country."""

    id = models.UUIDField(primary_key=True, default=new_id)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    body = models.TextField()
    topic = models.CharField(max_length=20, choices=Topic.choices)
    audience = models.CharField(max_length=60, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    issuer = models.CharField(max_length=80)
    document_number = models.CharField(max_length=60, blank=True)
    published_on = models.DateField()
    is_published = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-published_on", "-id"], name="policy_newest", condition=Q(is_published=True))
        ]
