"""No organisation is left without an owner, whichever way an owner goes: the rule for every action that takes one away.

The database repeats it when a transaction commits (accounts' migration `0003_an_owner_remains`).
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from jiuye.domains.accounts.models import Membership
from jiuye.domains.accounts.states import Role
from jiuye.domains.organisations.queries.members import organisation_name, owned_alone
from jiuye.kernel.errors import Refused

ONLY_OWNER = "only_owner"


def lock_team(organisation_id: UUID, *person_ids: UUID) -> dict[UUID, Membership]:
    """Lock the current memberships of the owners and of these people, in one order. Return them by person."""
    rows = Membership.objects.select_for_update().filter(
        Q(role=Role.OWNER) | Q(user_id__in=person_ids), organisation_id=organisation_id, ended_at=None
    )
    return {row.user_id: row for row in rows.order_by("id")}


def refuse_ownerless(team: Iterable[Membership], person_id: UUID, *, doing: str) -> None:
    """Raises `Refused` (code only_owner) if the person is the only owner in a locked team. `doing`: 离开, 改为其他角色, …"""
    owners = [row for row in team if row.role == Role.OWNER]
    if [row.user_id for row in owners] == [person_id]:
        row = owners[0]
        name = organisation_name(row.organisation_kind, row.organisation_id)
        raise Refused(
            f"“{name}”只有这一位管理员，{doing}后将无人能管理。请先把管理员交给一位同事，再{doing}。", code=ONLY_OWNER
        )


def refuse_last_owner(person_id: UUID, *, doing: str, whose: str = "您") -> None:
    """Lock the owners of every organisation that the person owns. Raises `Refused` (code only_owner) naming those that
    would have none left.

    Call it in the transaction that takes the person away. `doing`: 注销, …; `whose`: how the message calls the person.
    """
    own = Membership.objects.filter(user_id=person_id, role=Role.OWNER, ended_at=None).values("organisation_id")
    owners = Membership.objects.select_for_update(of=("self",)).filter(
        organisation_id__in=own, role=Role.OWNER, ended_at=None, user__erased_at=None
    )
    list(owners.order_by("organisation_id", "id"))
    if alone := owned_alone(person_id):
        names = "、".join(f"“{name}”" for name in alone)
        raise Refused(
            f"{whose}是{names}唯一的管理员，{doing}后将无人能管理。请先在机构的“成员”页把管理员交给同事，再{doing}。",
            code=ONLY_OWNER,
        )
