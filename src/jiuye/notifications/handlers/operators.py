"""Notifications about operators' roles: to the administrators who may confirm, to the person concerned, to who asked."""

from uuid import UUID

from jiuye.domains.accounts.duties import SECURITY_ROLES
from jiuye.domains.accounts.events import RoleChangeDecided, RoleChangeRequested
from jiuye.domains.accounts.models import Membership, RoleChange
from jiuye.domains.accounts.states import Role, RoleChangeState
from jiuye.kernel.events import Delivered
from jiuye.notifications.actions import Side
from jiuye.notifications.handlers.delivery import tell
from jiuye.notifications.messages import OPERATORS, Facts


def tell_of_role_request(event: RoleChangeRequested, delivered: Delivered) -> None:
    """Notify the administrators who may confirm the change while it waits."""
    row = RoleChange.objects.filter(pk=event.change_id, state=RoleChangeState.PENDING).first()
    if row is None:
        return
    others = (
        Membership.objects.filter(
            organisation_id=row.organisation_id, role__in=SECURITY_ROLES, ended_at=None, user__erased_at=None
        )
        .exclude(user_id__in=[row.requested_by_id, row.person_id])
        .order_by("created_at", "id")
    )
    _tell("role_requested", row, delivered, list(others.values_list("user_id", flat=True)))


def tell_of_role_decision(event: RoleChangeDecided, delivered: Delivered) -> None:
    """Notify the person of a change in force, and who asked of a refusal."""
    row = RoleChange.objects.get(pk=event.change_id)
    if event.state == RoleChangeState.CONFIRMED:
        _tell("role_changed" if row.after else "role_ended", row, delivered, [row.person_id])
    elif event.state == RoleChangeState.REFUSED:
        _tell("role_declined", row, delivered, [row.requested_by_id])


def _tell(kind: str, row: RoleChange, delivered: Delivered, user_ids: list[UUID]) -> None:
    facts = Facts(found=str(Role(row.after).label) if row.after else "不再是运营人员")
    tell(OPERATORS[kind], f"operator.{kind}", facts, delivered, user_ids=user_ids, by_sms=user_ids, side=Side())
