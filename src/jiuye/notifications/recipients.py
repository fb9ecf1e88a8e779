"""The members of an organisation to notify."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from jiuye.domains.accounts.models import Membership
from jiuye.domains.accounts.states import Role

ANSWERABLE = frozenset({Role.OWNER, Role.RECRUITER})


@dataclass(frozen=True, slots=True)
class Staff:
    """The current members; `answerable` are those who may act on the message."""

    everyone: Collection[UUID]
    answerable: Collection[UUID]
    owners: Collection[UUID]


def staff_of(organisation_id: UUID, *, but: UUID | None = None) -> Staff:
    """Return the organisation's current members, except the one who did it."""
    rows = list(
        Membership.objects.filter(organisation_id=organisation_id, ended_at=None, user__erased_at=None)
        .order_by("created_at", "id")
        .values_list("user_id", "role")
    )
    others = [(user_id, role) for user_id, role in rows if user_id != but]
    return Staff(
        [user_id for user_id, _ in others],
        [user_id for user_id, role in others if role in ANSWERABLE],
        [user_id for user_id, role in others if role == Role.OWNER],
    )
