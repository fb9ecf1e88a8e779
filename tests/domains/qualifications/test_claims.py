"""Who holds a case, and what is noted about it."""

from datetime import timedelta

import pytest

from jiuye.domains.qualifications import actions
from jiuye.domains.qualifications.models import CaseNote
from jiuye.kernel import clock
from jiuye.kernel.errors import Denied, Invalid, Refused
from jiuye.kernel.models import AuditEntry
from tests.factories import audits, organisations

pytestmark = pytest.mark.django_db


def test_the_longest_waiting_is_next() -> None:
    newer, older = audits.waiting(hours=1), audits.waiting(hours=30)
    auditor = audits.auditor()
    assert actions.claim_next(auditor) == older.id
    assert actions.claim_next(audits.auditor("审核员乙")) == newer.id
    assert actions.claim_next(audits.auditor("审核员丙")) is None


def test_a_claim_lapses_after_half_an_hour_without_activity() -> None:
    case, holder, other = audits.waiting(), audits.auditor(), audits.auditor("审核员乙")
    moment = clock.now()
    actions.claim(holder, case_id=case.id)
    with clock.frozen(moment + timedelta(minutes=29)):
        with pytest.raises(Refused):
            actions.claim(other, case_id=case.id)
        actions.open_materials(holder, case_id=case.id)
    with clock.frozen(moment + timedelta(minutes=58)), pytest.raises(Refused):
        actions.claim(other, case_id=case.id)
    with clock.frozen(moment + timedelta(minutes=60)):
        actions.claim(other, case_id=case.id)
    case.refresh_from_db()
    assert case.claimed_by_id == other.person_id


def test_administrators_assign_to_auditors_and_release_for_others() -> None:
    case, auditor, chief = audits.waiting(), audits.auditor(), audits.auditor("管理员", role="owner")
    with pytest.raises(Denied):
        actions.assign(auditor, case_id=case.id, person_id=auditor.person)
    with pytest.raises(Refused) as refusal:
        actions.assign(chief, case_id=case.id, person_id=organisations.operator("editor").person)
    assert refusal.value.code == "not_an_auditor"
    actions.assign(chief, case_id=case.id, person_id=auditor.person)
    with pytest.raises(Refused):
        actions.release(audits.auditor("审核员乙"), case_id=case.id)
    actions.release(chief, case_id=case.id)
    case.refresh_from_db()
    assert case.claimed_by_id is None


def test_a_decided_case_cannot_be_claimed() -> None:
    case = audits.waiting()
    actions.return_case(
        audits.auditor(),
        case_id=case.id,
        version=audits.version_of(case.id),
        stated=audits.refusing(case, "hr_licence"),
    )
    with pytest.raises(Refused) as refusal:
        actions.claim(audits.auditor("审核员丙"), case_id=case.id)
    assert refusal.value.code == "not_waiting"


def test_notes_and_looks_are_written_down() -> None:
    case, auditor = audits.waiting(), audits.auditor()
    actions.add_note(auditor, case_id=case.id, text="电话核实过，许可证编号无误。")
    actions.open_materials(auditor, case_id=case.id)
    with pytest.raises(Invalid):
        actions.add_note(auditor, case_id=case.id, text=" ")
    assert CaseNote.objects.get().text == "电话核实过，许可证编号无误。"
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"case.note", "case.look"}
