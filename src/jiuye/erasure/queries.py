"""The state of one's own erasure request."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from jiuye.domains.accounts.models import Membership
from jiuye.domains.accounts.states import Role
from jiuye.domains.organisations import queries as organisations
from jiuye.erasure.models import ErasureRequest
from jiuye.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Standing:
    """An open request. It can be cancelled until `due_at`."""

    asked_at: datetime
    due_at: datetime


def standing(actor: Actor) -> Standing | None:
    """Return the actor's open request, if any. One query."""
    row = ErasureRequest.objects.filter(person_id=actor.person, cancelled_at=None, done_at=None).first()
    return Standing(row.asked_at, row.due_at) if row else None


def owned_alone(person_id: UUID) -> list[str]:
    """Return the names of organisations of which the person is the only owner: nobody could manage them afterwards. At
    most three queries.
    """
    others = Membership.objects.filter(
        organisation_id=OuterRef("organisation_id"), role=Role.OWNER, ended_at=None, user__erased_at=None
    ).exclude(user_id=person_id)
    mine = (
        Membership.objects.filter(~Exists(others), user_id=person_id, role=Role.OWNER, ended_at=None)
        .order_by("created_at", "id")
        .values_list("organisation_kind", "organisation_id")
    )
    names = organisations.organisation_names(mine)
    return list(names.values())
