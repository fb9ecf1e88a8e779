"""Applications on the whole platform, for operators: how far they got, and which agencies are late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q

from jiuye.domains.accounts.duties import require_operator
from jiuye.domains.applications.models import Application
from jiuye.domains.applications.states import APPLICATION_LABELS
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor

MOST_AGENCIES = 50


@dataclass(frozen=True, slots=True)
class StateNumber:
    """How many applications are in a state, and how many of them are past the time for an answer."""

    label: str
    number: int
    late: int


@dataclass(frozen=True, slots=True)
class LateAgency:
    """An agency with unanswered applications past their time; `since` is the oldest of these times."""

    agency_id: UUID
    name: str
    late: int
    since: datetime


def numbers_by_state(actor: Actor) -> Sequence[StateNumber]:
    """Return the states in the order in which an application goes through them. One query."""
    require_operator(actor)
    late = Count("id", filter=Q(respond_by__lt=clock.now()))
    rows = Application.objects.values("state").annotate(number=Count("id"), late=late).order_by("state")
    found = {row["state"]: row for row in rows}
    return [
        StateNumber(label, found[state]["number"], found[state]["late"])
        for state, label in APPLICATION_LABELS.items()
        if state in found
    ]


def late_agencies(actor: Actor) -> Sequence[LateAgency]:
    """Return the agencies with the most late applications. One query."""
    require_operator(actor)
    late = Application.objects.filter(respond_by__lt=clock.now()).values("agency_id", "agency__legal_name")
    rows = late.annotate(number=Count("id"), since=Min("respond_by")).order_by("-number", "since", "agency_id")
    return [
        LateAgency(row["agency_id"], row["agency__legal_name"], row["number"], row["since"])
        for row in rows[:MOST_AGENCIES]
    ]
