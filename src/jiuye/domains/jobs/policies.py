"""What a posting must contain to be public, for how long, and who may read and change it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from django.db.models import Q

from jiuye.domains.accounts.duties import require_duty
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Employer
from jiuye.domains.organisations.states import HIDING
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, NotFound

REVIEWERS = frozenset({"auditor", "owner"})
EDITORS = frozenset({"owner", "recruiter"})
LONGEST_VALIDITY_DAYS = 180
USUAL_VALIDITY_DAYS = 60
EDITABLE = frozenset({"draft", "published", "rejected", "withdrawn", "expired"})

MARKET_RULES = "《人力资源市场暂行条例》第二十四条"
ONLINE_RULES = "《网络招聘服务管理规定》"
NOTICE_2025 = "《关于规范网络平台招聘类信息发布的通知》（2025）"


class Elements(Protocol):
    """The fields that `missing_elements` reads: a stored posting, or a row being imported."""

    employer_id: UUID | None
    headcount: int | None
    requirements: str
    duties: str
    region_id: str | None
    pay_min: int | None
    pay_max: int | None
    employment_type: str
    working_conditions: str
    valid_through: date | None


@dataclass(frozen=True, slots=True)
class Element:
    """A legal element of every public posting: the field, its name on screen, how to give it, and the law."""

    field: str
    label: str
    advice: str
    source: str


_ELEMENTS: tuple[tuple[Element, Callable[[Elements], object]], ...] = (
    (Element("employer", "用人单位", "请选择或填写用人单位。", MARKET_RULES), lambda p: p.employer_id),
    (Element("headcount", "招聘人数", "请填写招聘人数。", MARKET_RULES), lambda p: p.headcount),
    (Element("requirements", "招聘条件", "请填写任职要求，没有特别要求可写“无特殊要求”。", MARKET_RULES), lambda p: p.requirements.strip()),
    (Element("duties", "工作内容", "请填写具体做什么工作。", MARKET_RULES), lambda p: p.duties.strip()),
    (Element("region", "工作地点", "请选择工作地点。", MARKET_RULES), lambda p: p.region_id),
    (
        Element("pay", "基本劳动报酬", "请填写薪资范围；只写“面议”不能发布。", MARKET_RULES),
        lambda p: p.pay_min is not None or p.pay_max is not None,
    ),
    (Element("employment_type", "用工类型", "请选择用工类型。", ONLINE_RULES), lambda p: p.employment_type),
    (
        Element("working_conditions", "工作条件", "请填写工作时间、班次、食宿等工作条件。", ONLINE_RULES),
        lambda p: p.working_conditions.strip(),
    ),
    (Element("valid_through", "有效期", "请填写招聘截止日期。", NOTICE_2025), lambda p: p.valid_through),
)  # fmt: skip
ELEMENTS: tuple[Element, ...] = tuple(element for element, _ in _ELEMENTS)


def missing_elements(posting: Elements) -> list[Element]:
    """Return the legal elements that a posting lacks, in the order of the form; empty if it may be published.

    Six of 人力资源市场暂行条例 art. 24 (单位基本情况, 招聘人数, 招聘条件, 工作内容, 工作地点, 基本劳动报酬), two of
    网络招聘服务管理规定 (用工类型, 工作条件), the validity period of the notice of December 2025. Pay: 面议 alone
    states none.
    """
    return [element for element, present in _ELEMENTS if not present(posting)]


def validity_fault(valid_through: date | None, today: date) -> str:
    """Return what is wrong with a closing day (days in Asia/Shanghai), or "". At most 180 days ahead, so that none is forgotten."""
    if valid_through is None:
        return "请填写招聘截止日期。"
    if valid_through < today:
        return "截止日期已经过去，请改成今天或以后的日期。"
    if valid_through > today + timedelta(days=LONGEST_VALIDITY_DAYS):
        return f"有效期最长 {LONGEST_VALIDITY_DAYS} 天，请改早一些；到期后可以重新发布。"
    return ""


def is_open(state: str, valid_through: date | None, today: date) -> bool:
    """Return whether seekers may see it and apply: published and not past its last day, whether or not the expiry task has run."""
    return state == "published" and valid_through is not None and valid_through >= today


def for_shown_employers() -> Q:
    """Return the condition on postings whose employer no sanction hides (职位下架 and above)."""
    return ~Q(employer_id__in=Employer.objects.filter(restriction__in=HIDING).values("pk"))


def of_shown_parties() -> Q:
    """Return the condition on postings whose parties are public: the shop is, and no sanction hides the employer."""
    return Q(agency__is_listed=True) & for_shown_employers()


def has_shown_parties(posting: JobPosting) -> bool:
    """Return the same for a posting with agency and employer loaded."""
    return posting.agency.is_listed and not (posting.employer and posting.employer.restriction in HIDING)


def may_review(actor: Actor) -> None:
    """Raises `NotFound` for everybody except platform staff, `Denied` for staff with another role (GB/T 22239-2019 §8.1.4)."""
    require_duty(actor, REVIEWERS, "审核职位由审核员负责，您的角色不能进行这项操作。")


def may_edit(actor: Actor, posting: JobPosting | None = None) -> None:
    """Raises `NotFound` for people of other organisations (hidden like absent), `Denied` for members who may only read."""
    if not actor.acts_for("agency", posting.agency_id if posting else None):
        raise NotFound
    if actor.role not in EDITORS:
        raise Denied("您在本机构是只读角色，不能修改职位。如需修改，请联系机构管理员。")


def may_answer_wishes(actor: Actor) -> None:
    """Raises `Denied` for read-only members, of the employer as of the agency."""
    if actor.role not in EDITORS:
        raise Denied("您在本单位是只读角色，不能提出或答复修改意见。请联系管理员。")
