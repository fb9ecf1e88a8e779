"""The platform's second administrator, and changes of operators' roles: one that waits, two that were decided."""

from datetime import datetime, timedelta
from uuid import UUID

from jiuye.domains.accounts.models import Authenticator, Membership, RoleChange, User
from jiuye.domains.accounts.phones import phone_index
from jiuye.runtime.demo import names, second_factor
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance

OWNER = 930
"""The number of the phone of the platform's owner."""


def build(chance: Chance, moment: datetime) -> None:
    """Write everything; the other operators are there already."""
    phone = names.phone(OWNER)
    owner = User(
        id=chance.id(),
        phone=phone,
        phone_index=phone_index(phone),
        name="顾明远",
        created_at=moment - timedelta(days=420),
    )
    staff = {row.role: row for row in Membership.objects.filter(organisation_kind="platform").order_by("-created_at")}
    platform = next(iter(staff.values())).organisation_id
    place = Membership(
        id=chance.id(),
        user=owner,
        organisation_id=platform,
        organisation_kind="platform",
        role="owner",
        created_at=moment,
    )
    factor = Authenticator(user=owner, secret=second_factor.SECRET, created_at=moment, confirmed_at=moment)
    admin, editor, support = (staff[role].user_id for role in ("security_admin", "editor", "support"))

    def change(person: UUID, before: str, after: str, reason: str, days: float, state: str = "pending") -> RoleChange:
        at = moment - timedelta(days=days)
        decided = {} if state == "pending" else {"decided_by_id": admin, "decided_at": at + timedelta(hours=3)}
        return RoleChange(
            id=chance.id(), organisation_id=platform, person_id=person, before=before, after=after, reason=reason,
            state=state, requested_by=owner, requested_at=at, **decided,
        )  # fmt: skip

    changes = [
        change(support, "support", "auditor", "审核队列积压，抽调客服支援两个月", 0.5),
        change(editor, "", "editor", "新媒体组借调，负责政策解读", 200, "confirmed"),
        change(support, "support", "owner", "代管后台", 90, "refused"),
    ]
    for rows in ([owner], [place], [factor], changes):
        copy_rows(rows)
