"""People who have opted out of recommendations."""

from django.db import models

from jiuye.domains.accounts.models import User


class RecommendationsOff(models.Model):
    """A person who has opted out. The row exists for as long as that is so."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField()
