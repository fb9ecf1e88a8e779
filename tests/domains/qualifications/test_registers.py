"""What the registers answer: shown to both sides; a register that is away stops nothing and is asked again."""

from datetime import date
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from jiuye.domains.organisations.models import Agency
from jiuye.domains.qualifications import actions
from jiuye.domains.qualifications.models import Case, MachineCheck
from jiuye.kernel.actor import Actor
from jiuye.ports import registers
from jiuye.ports.registers import EnterpriseRecord, LicenceRecord, RegisterRejected, RegisterUnavailable
from tests.factories import qualifications

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


class Registers:
    """Registers that answer as a test says; an exception is raised."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers

    def _answer(self, name: str) -> Any:
        answer = self.answers.get(name)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def enterprise(self, credit_code: str) -> Any:
        return self._answer("enterprise")

    def institution(self, credit_code: str) -> Any:
        return self._answer("institution")

    def licence(self, number: str) -> Any:
        return self._answer("licence")


def enterprise(agency: Agency, **given: Any) -> EnterpriseRecord:
    values = {
        "credit_code": agency.credit_code,
        "legal_name": agency.legal_name,
        "kind": "company",
        "status": "active",
        "legal_representative": "张**",
        "business_scope": "人力资源服务",
        "region": "510107",
        "established_on": date(2015, 3, 2),
        "expires_on": None,
    }
    return EnterpriseRecord(**{**values, **given})


def licence(agency: Agency, **given: Any) -> LicenceRecord:
    values = {
        "number": "(川)人服证字[2026]第0100001号",
        "holder_name": agency.legal_name,
        "credit_code": agency.credit_code,
        "status": "valid",
        "scope": ("职业介绍",),
        "issuing_body": "示例局",
        "valid_from": date(2026, 1, 1),
        "expires_on": date(2099, 1, 1),
    }
    return LicenceRecord(**{**values, **given})


@pytest.fixture
def case() -> Case:
    return qualifications.case_of(qualifications.filled())


def answered(monkeypatch: pytest.MonkeyPatch, case: Case, **answers: Any) -> dict[str, MachineCheck]:
    monkeypatch.setattr(registers, "get", lambda: Registers(**answers))
    actions.ask_registers(Actor.system(), case_id=case.id)
    return {one.item: one for one in MachineCheck.objects.filter(case=case, code="register")}


def test_what_agrees_is_said_and_what_differs_is_named(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    agency = Agency.objects.get(pk=case.organisation_id)
    found = answered(
        monkeypatch,
        case,
        enterprise=enterprise(agency),
        licence=licence(agency, holder_name="别家人力", status="revoked"),
    )
    assert found["business_licence"].result == "passed"
    assert found["hr_licence"].result == "differs"
    assert "别家人力" in found["hr_licence"].detail
    assert "已吊销" in found["hr_licence"].detail


def test_no_record_and_a_rejected_question_are_left_to_the_auditor(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    found = answered(monkeypatch, case, enterprise=None, licence=RegisterRejected("malformed"))
    assert {kind: one.result for kind, one in found.items()} == {
        "business_licence": "no_record",
        "hr_licence": "not_checked",
    }


def test_a_register_that_is_away_blocks_no_submission_and_is_asked_again(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = RegisterUnavailable("down")
    found = answered(monkeypatch, case, enterprise=away, licence=away)
    assert {one.result for one in found.values()} == {"away"}
    actions.submit(qualifications.owner_of(case))
    MachineCheck.objects.update(checked_at="2020-01-01T00:00:00Z")
    ProcrastinateJob.objects.count()
    assert actions.ask_again(Actor.system()) == 1
    agency = Agency.objects.get(pk=case.organisation_id)
    found = answered(monkeypatch, case, enterprise=enterprise(agency), licence=licence(agency))
    assert found["business_licence"].result == "passed"
    assert found["hr_licence"].result == "differs"  # until another day than typed


def test_an_answer_about_facts_that_were_changed_meanwhile_is_dropped(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, agency = qualifications.owner_of(case), Agency.objects.get(pk=case.organisation_id)

    class Slow(Registers):
        def enterprise(self, credit_code: str) -> Any:
            values = qualifications.values_for(owner, "business_licence", legal_name="改过的名称")
            actions.save_item(owner, kind="business_licence", way="file", values=values)
            return enterprise(agency)

    monkeypatch.setattr(registers, "get", lambda: Slow(licence=licence(agency)))
    actions.ask_registers(Actor.system(), case_id=case.id)
    assert MachineCheck.objects.get(case=case, item="business_licence", code="register").result == "waiting"
