"""Audit cases as they wait for the operators."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson

from jiuye.domains.organisations.models import Agency, Employer, Qualification, Shop
from jiuye.domains.qualifications.actions import ItemVerdict
from jiuye.domains.qualifications.models import Case, Item, MachineCheck, Submission
from jiuye.domains.qualifications.requirements import LONG_TERM, applicant_of, requirements_of
from jiuye.kernel import clock, working_days
from jiuye.kernel.actor import Actor
from tests.factories import accounts, organisations

ACCEPTED = ItemVerdict("accepted")


def newcomer(**given: Any) -> Agency:
    """A market agency that has submitted its qualification and is not approved yet."""
    agency = organisations.agency(**{"qualified": False, "is_listed": False, **given})
    Qualification.objects.filter(organisation_id=agency.id).update(decided_at=None, expires_on=None)
    Shop.objects.filter(pk=agency.id).update(services=["职业介绍"])
    return agency


def new_employer(**given: Any) -> Employer:
    """An employer that has submitted its three certifications."""
    employer = organisations.employer(**given)
    Qualification.objects.create(
        organisation_id=employer.id, organisation_kind="employer", state="submitted", created_at=clock.now()
    )
    return employer


def facts_of(organisation: Agency | Employer, kind: str) -> dict[str, str]:
    """What is typed for an item of this organisation; documents last long."""
    by_kind = {
        "business_licence": {
            "legal_name": organisation.legal_name,
            "credit_code": organisation.credit_code or "",
            "scope": "人力资源服务；劳务派遣服务",
            "established_on": "2020-03-01",
            "expires_on": LONG_TERM,
        },
        "establishment_document": {
            "legal_name": organisation.legal_name,
            "credit_code": organisation.credit_code or "",
            "scope": "公共就业服务",
            "issued_by": "示例区人力资源和社会保障局",
            "expires_on": LONG_TERM,
        },
        "hr_licence": {
            "licence_number": "(川)人服证字[2026]第0100009号",
            "scope": "职业介绍；职业指导",
            "issued_by": "示例区人力资源和社会保障局",
            "expires_on": "2099-06-30",
        },
        "authorisation_letter": {"handler_name": "何经办", "issued_on": "2026-01-05", "expires_on": LONG_TERM},
        "employment": {"position": "人事专员"},
    }
    return by_kind.get(kind, {})


def waiting(
    organisation: Agency | Employer | None = None,
    *,
    facts: Mapping[str, Mapping[str, str]] | None = None,
    hours: float = 3,
    **given: Any,
) -> Case:
    """A case that was submitted `hours` ago, complete; `facts` by item replace what is typed."""
    organisation = organisation or newcomer()
    is_agency = isinstance(organisation, Agency)
    applicant = applicant_of("agency" if is_agency else "employer", organisation.kind if is_agency else "")
    moment = clock.now() - timedelta(hours=hours)
    values = {
        "qualification": Qualification.objects.get(organisation_id=organisation.id),
        "organisation_id": organisation.id,
        "applicant": applicant,
        "purpose": "first",
        "state": "submitted",
        "submissions": 1,
        "opened_at": moment,
        "submitted_at": moment,
        "due_at": working_days.end_of(moment, 2),
    }
    case = Case.objects.create(**{**values, **given})
    content = {}
    for one in requirements_of(applicant):
        typed = (facts or {}).get(one.kind, facts_of(organisation, one.kind))
        Item.objects.create(
            case=case,
            kind=one.kind,
            way=one.ways[0].code,
            facts=orjson.dumps(typed).decode(),
            is_complete=True,
            updated_at=moment,
        )
        content[str(one.kind)] = {"way": one.ways[0].code, "facts": dict(typed), "files": []}
    handler = accounts.person("何经办")
    Submission.objects.create(
        case=case, number=1, submitted_by=handler, submitted_at=moment, content=orjson.dumps(content).decode()
    )
    return case


def check(case: Case, result: str = "passed", *, item: str = "business_licence", **given: Any) -> MachineCheck:
    """A machine check of the case."""
    values = {"code": "register", "text": "与登记机关的记录一致。", "checked_at": clock.now()}
    return MachineCheck.objects.create(case=case, item=item, result=result, **{**values, **given})


def all_accepted(case: Case) -> dict[str, ItemVerdict]:
    """Every item of the case accepted."""
    return dict.fromkeys(case.items.values_list("kind", flat=True), ACCEPTED)


def refusing(case: Case, kind: str, code: str = "unreadable", words: str = "") -> dict[str, ItemVerdict]:
    """One item refused, the others accepted."""
    return {**all_accepted(case), kind: ItemVerdict("refused", code, words)}


def auditor(name: str = "审核员甲", *, role: str = "auditor", user: Any = None) -> Actor:
    """An auditor by name."""
    return organisations.operator(role, user=user or accounts.person(name))


def version_of(case_id: UUID) -> int:
    """The version that a page opened now would carry."""
    return Case.objects.values_list("version", flat=True).get(pk=case_id)
