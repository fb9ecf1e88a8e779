"""Who wants no recommendations."""

from django.db import models

from jiuye.domains.accounts.models import User


class RecommendationsOff(models.Model):
    """Somebody for whom nothing is chosen by their data; the row is there while it is so."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField()
