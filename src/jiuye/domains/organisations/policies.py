"""Who may do what with organisations, and whether an agency may publish."""

from datetime import date, timedelta
from uuid import UUID

from jiuye.domains.accounts.states import OrganisationKind, Role
from jiuye.domains.organisations.models import Agency, Employer, Shop
from jiuye.domains.organisations.states import HIDING, QUALIFICATION_LABELS, AgencyKind, QualificationState, Restriction
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import ConfirmationRequired, Denied, NotFound
from jiuye.kernel.text.days import until

AGENCY_EDITORS = frozenset({"owner", "recruiter"})
LISTED_AFTER_EXPIRY = timedelta(days=7)
"""How long the shop and its open postings stay public after the qualification expired: time to have it verified again."""
MANAGED_KINDS = frozenset({OrganisationKind.AGENCY, OrganisationKind.EMPLOYER})
"""The organisations that manage their members themselves; the platform's roles are given by its administrators."""


def publishing_obstacle(agency: Agency, qualification: str | None, expires_on: date | None, today: date) -> str:
    """Return why an agency with a qualification in this state (None: never submitted) may not publish now; "" if it may.

    人力资源市场暂行条例 art. 18 (market agencies need a licence); 关于规范网络平台招聘类信息发布的通知 (2025-12):
    accounts are verified at least every 6 months, and unverified ones may not post.
    """
    if agency.restriction:
        label = Restriction(agency.restriction).label
        return f"本机构正在接受处置（{label}），暂时不能发布职位。处置说明和申诉办法见“处置与申诉”；草稿可以照常保存。"
    has_expired = expires_on is not None and expires_on < today
    if has_expired and qualification in (QualificationState.APPROVED, QualificationState.EXPIRED):
        return f"机构资质有效期至 {until(expires_on)}，已到期，重新核验后才能发布职位。请机构管理员重新核验；草稿可以照常保存。"
    if qualification != QualificationState.APPROVED:
        now = QUALIFICATION_LABELS[qualification] if qualification else "未提交"
        return f"机构资质{now}，暂时不能发布职位。请机构管理员先完成资质审核；草稿可以照常保存。"
    if agency.kind == AgencyKind.MARKET and agency.licence_expires_on and agency.licence_expires_on < today:
        return (
            f"人力资源服务许可证有效期至 {until(agency.licence_expires_on)}，已过期，不能发布职位。"
            "请机构管理员更新许可证；草稿可以照常保存。"
        )
    if not agency.is_listed:
        return "机构旗舰店还没有开放，暂时不能发布职位。请机构管理员先补全机构资料；草稿可以照常保存。"
    return ""


def showing_note(agency: Agency, verified_until: date | None, today: date) -> str:
    """Return why the agency's open postings are not shown to seekers, or until when they still are; "" if nothing is in the way."""
    if agency.restriction in HIDING:
        return f"处置期间（{Restriction(agency.restriction).label}）不展示，解除后恢复"
    if verified_until is not None and verified_until < today:
        last = verified_until + LISTED_AFTER_EXPIRY
        if agency.is_listed and today <= last:
            return f"资质到期，{last.month} 月 {last.day} 日（含）后不再展示"
        return "资质到期，已不展示，重新核验通过后恢复"
    return "" if agency.is_listed else "旗舰店没有开放，暂不展示"


def employer_obstacle(employer: Employer) -> str:
    """Return why no postings for a restricted employer may be published."""
    label = Restriction(employer.restriction or Restriction.BANNED).label
    return f"用人单位“{employer.legal_name}”正在接受处置（{label}），暂时不能为它发布职位。草稿可以照常保存，处置解除后再发布。"


def missing_profile(agency: Agency, shop: Shop) -> list[str]:
    """Return the labels of what the profile still lacks (人力资源市场暂行条例 art. 32: displayed to the public)."""
    fields = {
        "机构简称": agency.short_name,
        "地址": agency.address,
        "服务电话": agency.phone,
        "监管部门": agency.supervising_body,
        "监督电话": agency.supervising_phone,
        "服务项目": shop.services,
        "收费情况": shop.fees,
    }
    return [label for label, value in fields.items() if not value]


def may_be_listed(agency: Agency, shop: Shop, verified_until: date | None, today: date) -> bool:
    """Return whether the shop is public: verified until a date at most a week ago, profile complete, not taken down.

    `verified_until` is the last day of the current qualification, None if there was never an approval or it was revoked.
    """
    if verified_until is None or today > verified_until + LISTED_AFTER_EXPIRY:
        return False
    return agency.restriction in ("", Restriction.LIMITED) and not missing_profile(agency, shop)


def may_edit_agency(actor: Actor, *roles: str) -> None:
    """Raises `NotFound` for people of other organisations and `Denied` for members in none of `roles` (owner, recruiter)."""
    if not actor.acts_for("agency"):
        raise NotFound
    if actor.role not in (roles or AGENCY_EDITORS):
        raise Denied("您在本机构的角色不能进行这项操作。如需处理，请联系机构管理员。")


def may_name(actor: Actor, employer: Employer) -> bool:
    """Return whether the actor's agency may recruit for this employer: one with a credit code, or that it named itself."""
    return actor.acts_for("agency") and (
        employer.credit_code is not None or employer.named_by_id == actor.organisation_id
    )


def may_affiliate(actor: Actor, party: str) -> None:
    """Raises `NotFound` for people of other kinds of organisation than `party`, and `Denied` for read-only members."""
    if not actor.acts_for(party) or actor.organisation_id is None:
        raise NotFound
    if actor.role not in AGENCY_EDITORS:
        raise Denied("您在本机构是只读角色，不能处理关联。如需处理，请联系机构管理员。")


def may_manage_members(actor: Actor) -> UUID:
    """Return the actor's organisation. Raises `NotFound` for people of no agency or employer and `Denied` for those who are no owner."""
    if actor.organisation_id is None or actor.organisation_kind not in MANAGED_KINDS:
        raise NotFound
    if actor.role != Role.OWNER:
        raise Denied("只有管理员能管理成员。如需调整，请联系本机构的管理员。")
    return actor.organisation_id


def refuse_unconfirmed_owner(actor: Actor, role: str) -> None:
    """Raises `ConfirmationRequired` if somebody would be made an owner by a person without recent re-authentication."""
    if role == Role.OWNER and not actor.is_confirmed:
        raise ConfirmationRequired("管理员能管理整个机构，请先确认是您本人。")
