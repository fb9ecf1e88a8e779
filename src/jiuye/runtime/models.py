"""What the installation remembers about itself, in the database that it is about."""

from django.db import models


class Milestone(models.Model):
    """A step of preparing this database that is behind it (schema, reference data, demonstration data).

    `value` says of what: a fingerprint, a size, or a text to show again. It is kept in the database, not in a file, so
    that it is true of whichever database is in use and commits together with what it tells of.
    """

    name = models.CharField(max_length=50, primary_key=True)
    value = models.TextField()
    reached_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="runtime_milestone_has_a_name")]

    def __str__(self) -> str:
        return self.name
