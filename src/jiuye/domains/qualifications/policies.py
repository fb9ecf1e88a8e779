"""Who may change a qualification, what is missing, how long it lasts and how long materials are kept."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from jiuye.domains.qualifications import facts as typed
from jiuye.domains.qualifications.models import Case, Item, Material
from jiuye.domains.qualifications.requirements import Requirement, Way
from jiuye.domains.qualifications.states import MaterialState, Verdict
from jiuye.kernel import working_days
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, NotFound

DRAFTS_KEPT = timedelta(days=30)
"""A registration that was never submitted frees its credit code after this, so that nobody blocks a code (practice)."""

WORKING_DAYS = 2
"""Target for a decision, in working days after submission (practice; 行政许可法 art. 42 allows 20)."""

NOTICE_DAYS = (30, 14, 7, 1)
"""Days before the end of a qualification on which its owners are told (practice)."""

RENEWABLE_DAYS = 30
"""From this many days before the end, an organisation may have itself verified again."""

IDENTITY_KEPT = timedelta(days=30)
"""Pictures of the handler after the decision: long enough to correct one, then deleted (人脸识别技术应用安全管理办法 art. 6,
个人信息保护法 arts. 19, 47: the shortest time that the purpose needs)."""

MATERIALS_KEPT = timedelta(days=30)
"""Other materials, after another case took the place of theirs (个人信息保护法 art. 19)."""

UNFINISHED_KEPT = timedelta(days=90)
"""Materials of a case that was taken back or returned, and that nobody has touched since (个人信息保护法 art. 19)."""

EDITABLE = frozenset({"draft", "returned"})


def may_see(actor: Actor) -> UUID:
    """Return the actor's agency or employer, whose qualification all its members see. Raises `NotFound` for others."""
    if actor.organisation_id is None or actor.organisation_kind not in ("agency", "employer"):
        raise NotFound
    return actor.organisation_id


def may_apply(actor: Actor) -> UUID:
    """Return the organisation as `may_see` does. Raises `Denied` for members who are not owners."""
    organisation_id = may_see(actor)
    if actor.role != "owner":
        raise Denied("资质材料由机构管理员填写和提交，请联系本机构的管理员。")
    return organisation_id


def is_open_to_change(case: Case, item: Item) -> bool:
    """Return whether the organisation may change an item now: accepted items stay as they are."""
    return case.state in EDITABLE and item.verdict != Verdict.ACCEPTED


def missing(
    requirement: Requirement,
    item: Item,
    materials: Iterable[Material],
    *,
    credit_code: str,
    named: Mapping[UUID, str],
    insured: str = "",
) -> dict[str, str]:
    """Return what an item still lacks, by field; `files` and `way` for those. Empty: it can be submitted.

    `named`: the real names of people who have one, by id. `insured`: the state of the social-insurance check.
    """
    if item.verdict == Verdict.ACCEPTED:
        return {}
    facts = typed.read(item.facts)
    lacking = typed.check(requirement, facts, credit_code=credit_code).faults
    way = requirement.way(item.way)
    if way.needs_file and not item.confirmed_at:
        lacking |= _missing_files(list(materials))
    elif not way.needs_file:
        lacking |= _missing_proof(way, facts, named, insured)
    return lacking


def _missing_files(materials: list[Material]) -> dict[str, str]:
    states = {one.state for one in materials}
    if MaterialState.CHECKING in states:
        return {"files": "文件正在检查，通常不到一分钟，请稍后再提交。"}
    if MaterialState.READY not in states:
        return {"files": "请上传材料。"}
    if MaterialState.REFUSED in states:
        return {"files": "有文件不能使用，请删除或换一份。"}
    return {}


def _missing_proof(way: Way, facts: Mapping[str, str], named: Mapping[UUID, str], insured: str) -> dict[str, str]:
    if way.code == "insurance":
        return {} if insured in ("pending", "verified") else {"way": "请同意查询参保记录，或改用盖章的在职证明。"}
    person = facts.get(typed.PERSON)
    return {} if person and UUID(person) in named else {"way": "请先完成实名，再确认由您本人办理。"}


def due_after(moment: datetime) -> datetime:
    """Return the target time for a decision on what was submitted at `moment`."""
    return working_days.end_of(moment, WORKING_DAYS)


def may_renew(expires_on: date | None, today: date) -> bool:
    """Return whether another round may begin: near the end, after it, and after an approval was revoked (None)."""
    return expires_on is None or (expires_on - today).days <= RENEWABLE_DAYS


def notice_due(expires_on: date, today: date) -> int | None:
    """Return which notice is due for a qualification: the smallest of `NOTICE_DAYS` not below the days left, 0 once it has
    expired, None before all of them.
    """
    left = (expires_on - today).days
    if left < 0:
        return 0
    return min((days for days in NOTICE_DAYS if left <= days), default=None)
