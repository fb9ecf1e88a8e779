"""The operators' separated roles (GB/T 22239-2019 §8.1.4, §8.1.5): who may read, who may decide."""

from collections.abc import Collection
from uuid import UUID

from jiuye.domains.accounts.states import OrganisationKind, Role
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, NotFound
from jiuye.kernel.rate_limits import Limit

SECURITY_ROLES = (Role.SECURITY_ADMIN, Role.OWNER)
"""Roles that decide which partner apps may sign people in, and end sessions of others."""

STAFF_LIST_ROLES = (*SECURITY_ROLES, Role.AUDIT_ADMIN)
"""Roles that see who the operators are. Only `SECURITY_ROLES` change that, two people together."""

PEOPLE_ROLES = (Role.SUPPORT, *SECURITY_ROLES)
"""Roles that look up a person who has asked for help."""

REPORT_ROLES = (Role.AUDITOR, Role.OWNER)
"""Roles that decide on reports of postings and of reviews."""

AUDIT_ROLES = (Role.AUDITOR, Role.OWNER)
"""Roles that decide on the qualifications of organisations."""

LIVE_KEYS_PER_CHANNEL = 2
"""The old and the new key during rotation."""

_TOO_OFTEN = "为保护用户信息，每位运营人员每小时最多 {most} 次，请 {wait}后再试。"
UNMASKED = Limit("people-unmask", "查看用户完整的手机号", "每位运营人员", 30, 3600, _TOO_OFTEN)
"""More than a day's calls need, too few to copy a register."""

LOOKED_UP = Limit("people-look-up", "按手机号查找用户（客服和处置）", "每位运营人员", 120, 3600, _TOO_OFTEN)


def require_duty(actor: Actor, roles: Collection[str], refusal: str) -> None:
    """Raise `NotFound` for all but the platform's staff, and `Denied` with the text `refusal` for staff with other roles."""
    if not actor.acts_for(OrganisationKind.PLATFORM):
        raise NotFound
    if actor.role not in roles:
        raise Denied(refusal)


def platform_of(actor: Actor) -> UUID:
    """Return the id of the platform's own organisation, for its staff. Raises `Denied` for others."""
    require_operator(actor)
    if actor.organisation_id is None:
        raise Denied
    return actor.organisation_id


def require_report_decider(actor: Actor) -> None:
    """Raise `NotFound` and `Denied` for all who do not decide on reports."""
    require_duty(actor, REPORT_ROLES, "处理举报由审核员负责，您的角色不能进行这项操作。")


def require_auditor(actor: Actor) -> None:
    """Raise `NotFound` and `Denied` for all who do not decide on qualifications."""
    require_duty(actor, AUDIT_ROLES, "资质审核由审核员负责，您的角色不能进行这项操作。")


def require_operator(actor: Actor) -> None:
    """Raises `Denied` for everybody except the platform's staff."""
    if not actor.acts_for(OrganisationKind.PLATFORM):
        raise Denied


def require_security_admin(actor: Actor) -> None:
    """Raises `Denied` for everybody except the platform's security administrators."""
    require_operator(actor)
    if actor.role not in SECURITY_ROLES:
        raise Denied("只有安全管理员可以进行这项操作。")


def require_staff_list(actor: Actor) -> None:
    """Raises `Denied` for everybody except the operators who see who the operators are."""
    require_operator(actor)
    if actor.role not in STAFF_LIST_ROLES:
        raise Denied("只有管理员、安全管理员和审计管理员可以查看运营人员。")


def require_people_desk(actor: Actor) -> None:
    """Raises `Denied` for everybody except the operators who look after people's accounts."""
    require_operator(actor)
    if actor.role not in PEOPLE_ROLES:
        raise Denied("只有客服和安全管理员可以查看用户。")
