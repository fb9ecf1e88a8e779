"""Which occupation a title means, as an agency's member said; these labels train the model (docs/reading.md)."""

from typing import ClassVar

from django.db import models

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Agency
from jiuye.domains.reference.models import Occupation
from jiuye.kernel.ids import new_id


class OccupationLabel(models.Model):
    """A title and the occupation chosen for it; once per agency. `is_suggested`: it was one of those offered. The last choice counts."""

    id = models.UUIDField(primary_key=True, default=new_id)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=80)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    is_suggested = models.BooleanField()
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "title"], name="an_agencys_title_means_one_occupation"),
        ]
