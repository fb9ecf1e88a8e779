"""What members of agencies said titles mean, for training (docs/reading.md)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from jiuye.domains.jobs.models import OccupationLabel
from jiuye.kernel import clock


@dataclass(frozen=True, slots=True)
class TitleLabel:
    """A title with an occupation: how many agencies chose it, how many of them from the suggestions, and the last day."""

    title: str
    code: str
    agencies: int
    suggested: int
    last: date


def occupation_labels() -> Iterator[TitleLabel]:
    """Return every title with each occupation chosen for it, by title, the most chosen first. Names no person and no agency."""
    found = (
        OccupationLabel.objects.values("title", "occupation_id")
        .annotate(agencies=Count("id"), suggested=Count("id", filter=Q(is_suggested=True)), last=Max("chosen_at"))
        .order_by("title", "-agencies", "occupation_id")
    )
    for row in found.iterator():
        yield TitleLabel(
            row["title"], row["occupation_id"], row["agencies"], row["suggested"], clock.local(row["last"]).date()
        )
