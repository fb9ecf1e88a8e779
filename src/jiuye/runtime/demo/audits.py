"""Audit cases in every state, with drawn materials: of newcomers, and of agencies that are in the demonstration anyway."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import orjson

from jiuye.domains.accounts.models import Authenticator, Membership, User
from jiuye.domains.accounts.phones import phone_index
from jiuye.domains.organisations.models import Agency, Employer, Qualification, Shop
from jiuye.domains.qualifications.models import Case, CaseNote, Decision, Item, MachineCheck, Submission
from jiuye.domains.qualifications.requirements import applicant_of, requirements_of
from jiuye.domains.reference import queries as reference
from jiuye.kernel import working_days
from jiuye.runtime.demo import names, second_factor
from jiuye.runtime.demo.audit_materials import add_files, facts_of, way_of
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance
from jiuye.runtime.demo.organisations import Cast

SECOND_AUDITOR = 940
"""The number of the phone of the second auditor; the people who register have the next numbers."""

RECENT = 9
"""So many approvals of the demonstration's agencies have their cases: enough for figures of the last days."""


@dataclass(frozen=True)
class Newcomer:
    """An organisation that asks to come in. `hours` since it submitted; `checks`: item → (result, words, detail)."""

    name: str
    applicant: str
    region: str
    hours: float
    state: str = "submitted"
    checks: Mapping[str, tuple[str, str, list[dict[str, str]]]] = field(default_factory=dict)
    with_files: bool = True
    refused: Mapping[str, tuple[str, str]] = field(default_factory=dict)


_STANDINGS = {"draft": "draft", "returned": "rejected", "reversed": "rejected"}
_FORGED = "授权书上的公章与登记不符，单位已书面确认没有出具过这份授权书。"
_AGREES: tuple[str, str, list[dict[str, str]]] = ("passed", "与登记机关的记录一致（存续）。", [])
_OTHER_END = [{"label": "有效期至", "stated": "2028-06-30", "recorded": "2027-06-30"}]
NEWCOMERS = (
    Newcomer(
        "成都锦禾示例人力资源有限公司", "market", "510107", 24 * 6,
        checks={
            "business_licence": _AGREES,
            "hr_licence": ("differs", "与人力资源服务许可登记不一致：有效期至。", _OTHER_END),
        },
    ),
    Newcomer(
        "苏州望亭示例人力资源有限公司", "market", "320505", 30, "second_look",
        checks={"business_licence": _AGREES, "hr_licence": _AGREES},
    ),
    Newcomer("湘潭示例公共就业服务中心", "public", "430302", 8, checks={"establishment_document": _AGREES}),
    Newcomer(
        "东莞示例电子有限公司", "employer", "441900", 5,
        checks={"business_licence": ("away", "市场主体登记暂时不通，稍后自动重试。", [])},
    ),
    Newcomer(
        "西安雁塔示例人力资源有限公司", "market", "610113", 50, "returned", with_files=False,
        checks={"hr_licence": ("no_record", "人力资源服务许可登记里没有查到。", [])},
        refused={"hr_licence": ("register_differs", "与登记机关的记录不一致，请核对后再提交。")},
    ),
    Newcomer("合肥蜀山示例人力资源有限公司", "market", "340104", 2, "draft", with_files=False),
    Newcomer("贵阳观山湖示例电子商务有限公司", "employer", "520115", 24 * 9, "reversed"),
)  # fmt: skip


def build(chance: Chance, moment: datetime, cast: Cast) -> None:
    """Write everything; the first auditor is there already."""
    auditors = [Membership.objects.get(organisation_kind="platform", role="auditor").user, _auditor(chance, moment)]
    for number, one in enumerate(NEWCOMERS, start=SECOND_AUDITOR + 1):
        _newcomer(chance, moment, one, _person(chance, moment, number, names.person(chance)), auditors)
    recent = list(_decided_last(cast))
    for agency in recent:
        _approved(chance, agency, cast.staff[agency.id][0], auditors)
    renewing, complained = recent[1], recent[2]
    case = _case(chance, moment, renewing, cast.staff[renewing.id][0], "renewal", hours=3)
    add_files(case, renewing, moment)
    complaint = _case(chance, moment, complained, auditors[1], "complaint", hours=2)
    note = "12333 转来投诉：有人冒用这家机构的名义收取押金，请核对许可证和授权书。"
    copy_rows([CaseNote(id=chance.id(), case=complaint, operator=auditors[1], written_at=moment, text=note)])


def _decided_last(cast: Cast) -> Iterator[Agency]:
    """Yield the agencies that were approved last, without those of the demonstration's accounts."""
    others = {agency.id: agency for agency in cast.agencies[3:]}
    rows = Qualification.objects.filter(organisation_id__in=others, state="approved").order_by("-decided_at", "id")
    for organisation_id in rows.values_list("organisation_id", flat=True)[:RECENT]:
        yield others[organisation_id]


def _person(chance: Chance, moment: datetime, number: int, name: str) -> User:
    phone = names.phone(number)
    made = User(
        id=chance.id(), phone=phone, phone_index=phone_index(phone), name=name, created_at=moment - timedelta(days=9)
    )
    copy_rows([made])
    return made


def _auditor(chance: Chance, moment: datetime) -> User:
    user = _person(chance, moment, SECOND_AUDITOR, "韩书宁")
    first = Membership.objects.get(organisation_kind="platform", role="auditor")
    copy_rows([
        Membership(
            id=chance.id(), user=user, organisation_id=first.organisation_id, organisation_kind="platform",
            role="auditor", created_at=moment,
        )
    ])  # fmt: skip
    copy_rows([Authenticator(user=user, secret=second_factor.SECRET, created_at=moment, confirmed_at=moment)])
    return user


def _newcomer(chance: Chance, moment: datetime, one: Newcomer, owner: User, auditors: list[User]) -> None:
    organisation = _organisation(chance, moment, one)
    kind = "employer" if one.applicant == "employer" else "agency"
    submitted = moment - timedelta(hours=one.hours)
    copy_rows([
        Qualification(
            id=chance.id(), organisation_id=organisation.id, organisation_kind=kind,
            state=_STANDINGS.get(one.state, "submitted"), submitted_at=None if one.state == "draft" else submitted,
            created_at=submitted,
        )
    ])  # fmt: skip
    copy_rows([
        Membership(
            id=chance.id(), user=owner, organisation_id=organisation.id, organisation_kind=kind, role="owner",
            created_at=submitted,
        )
    ])  # fmt: skip
    case = _case(chance, moment, organisation, owner, "first", hours=one.hours, state=one.state)
    for item, (result, words, detail) in one.checks.items():
        _check(chance, case, item, result, words, detail)
    if one.with_files:
        add_files(case, organisation, moment)
    if one.state == "second_look":
        Case.objects.filter(pk=case.pk).update(first_by=auditors[1], first_at=moment - timedelta(hours=4), version=2)
        Item.objects.filter(case=case).update(verdict="accepted")
        _decide(chance, case, "first", auditors[1], moment - timedelta(hours=4))
    if one.state == "draft":
        _take_back(case)
    if one.state == "reversed":
        _reverse(chance, case, auditors, moment - timedelta(hours=30))
    if one.state == "returned":
        _return(chance, case, one, auditors[0], moment - timedelta(hours=20))


def _take_back(case: Case) -> None:
    """Make a case one that is being filled in: the first item is done."""
    Submission.objects.filter(case=case).delete()
    Case.objects.filter(pk=case.pk).update(submissions=0, submitted_at=None, due_at=None)
    Item.objects.filter(case=case).exclude(kind="business_licence").update(is_complete=False, facts="")


def _reverse(chance: Chance, case: Case, auditors: list[User], at: datetime) -> None:
    """Approve a case by two people, and take the approval back after a complaint."""
    Item.objects.filter(case=case).update(verdict="accepted")
    first, second = at - timedelta(days=6), at - timedelta(days=5)
    Case.objects.filter(pk=case.pk).update(
        first_by=auditors[1], first_at=first, decided_by=auditors[0], decided_at=at, version=4, reason=_FORGED
    )
    _decide(chance, case, "first", auditors[1], first)
    _decide(chance, case, "second", auditors[0], second)
    _decide(chance, case, "reverse", auditors[0], at, _FORGED)


def _return(chance: Chance, case: Case, one: Newcomer, operator: User, at: datetime) -> None:
    Item.objects.filter(case=case).update(verdict="accepted")
    for kind, (code, reason) in one.refused.items():
        Item.objects.filter(case=case, kind=kind).update(verdict="refused", reason_code=code, reason=reason)
    Case.objects.filter(pk=case.pk).update(decided_by=operator, decided_at=at, version=2)
    _decide(chance, case, "return", operator, at)


def _organisation(chance: Chance, moment: datetime, one: Newcomer) -> Agency | Employer:
    place = reference.region(one.region)
    code = names.credit_code(chance, "12" if one.applicant == "public" else "91")
    if one.applicant == "employer":
        employer = Employer(
            id=chance.id(), legal_name=one.name, credit_code=code, region_id=place.code, registered_at=moment,
            created_at=moment,
        )  # fmt: skip
        copy_rows([employer])
        return employer
    agency = Agency(
        id=chance.id(), kind=one.applicant, legal_name=one.name, short_name="", credit_code=code, region_id=place.code,
        address="", phone="", supervising_body="", supervising_phone="", created_at=moment,
    )  # fmt: skip
    copy_rows([agency])
    copy_rows([Shop(agency=agency, updated_at=moment)])
    return agency


def _approved(chance: Chance, agency: Agency, owner: User, auditors: list[User]) -> None:
    """Give an agency of the demonstration the case by which it was approved."""
    row = Qualification.objects.get(organisation_id=agency.id)
    decided = row.decided_at or row.created_at
    case = _case(chance, decided, agency, owner, "first", hours=26, state="approved")
    first = decided - timedelta(hours=9)
    Item.objects.filter(case=case).update(verdict="accepted")
    Case.objects.filter(pk=case.pk).update(
        first_by=auditors[1], first_at=first, decided_by=auditors[0], decided_at=decided, version=3
    )
    _decide(chance, case, "first", auditors[1], first)
    _decide(chance, case, "second", auditors[0], decided)


def _case(
    chance: Chance,
    moment: datetime,
    organisation: Agency | Employer,
    by: User,
    purpose: str,
    *,
    hours: float,
    state: str = "submitted",
) -> Case:
    kind = "agency" if isinstance(organisation, Agency) else "employer"
    applicant = applicant_of(kind, getattr(organisation, "kind", ""))
    submitted = moment - timedelta(hours=hours)
    case = Case(
        id=chance.id(), qualification=Qualification.objects.get(organisation_id=organisation.id),
        organisation_id=organisation.id, applicant=applicant, purpose=purpose, state=state, submissions=1,
        opened_by=by, opened_at=submitted, submitted_at=submitted, due_at=working_days.end_of(submitted, 2),
    )  # fmt: skip
    copy_rows([case])
    facts = facts_of(organisation)
    wanted = requirements_of(applicant)
    items = [
        Item(
            id=chance.id(), case=case, kind=str(one.kind), way=way_of(str(one.kind), one.ways[0].code),
            facts=orjson.dumps(facts.get(str(one.kind), {})).decode(), is_complete=True, updated_at=submitted,
        )
        for one in wanted
    ]  # fmt: skip
    copy_rows(items)
    if purpose != "complaint":
        content = {one.kind: {"way": one.way, "facts": orjson.loads(one.facts), "files": []} for one in items}
        copy_rows([
            Submission(
                id=chance.id(), case=case, number=1, submitted_by=by, submitted_at=submitted,
                content=orjson.dumps(content).decode(),
            )
        ])  # fmt: skip
    return case


def _check(chance: Chance, case: Case, item: str, result: str, words: str, detail: list[dict[str, str]]) -> None:
    copy_rows([
        MachineCheck(
            id=chance.id(), case=case, item=item, code="register", result=result, text=words,
            detail=orjson.dumps(detail).decode() if detail else "", checked_at=case.submitted_at or case.opened_at, attempts=1,
        )
    ])  # fmt: skip


def _decide(chance: Chance, case: Case, step: str, operator: User, at: datetime, reason: str = "") -> None:
    verdicts = {
        one.kind: {"verdict": one.verdict, "reason_code": one.reason_code, "reason": one.reason}
        for one in Item.objects.filter(case=case).order_by("kind")
    }
    copy_rows([
        Decision(
            id=chance.id(), case=case, submission=1, step=step, operator=operator, decided_at=at, verdicts=verdicts,
            reason=reason,
        )
    ])  # fmt: skip
