"""What the installation records about itself, in the database concerned."""

from django.db import models


class Milestone(models.Model):
    """A completed step of preparing this database (schema, reference data, demonstration data).

    `value`: a fingerprint, a size, or a text to show again. It is stored in the database, not in a file, so that it
    always belongs to the database in use and commits together with the step.
    """

    name = models.CharField(max_length=50, primary_key=True)
    value = models.TextField()
    reached_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="runtime_milestone_has_a_name")]

    def __str__(self) -> str:
        return self.name
