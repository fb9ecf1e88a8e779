"""Two auditors at the same case in the same moment: one decides, and there is one letter."""

from functools import partial

import pytest

from jiuye.domains.qualifications import actions
from jiuye.domains.qualifications.models import Case, Decision
from jiuye.kernel.models import EventRecord
from tests.factories import audits, races

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_auditors_at_once_one_decides() -> None:
    case = audits.waiting()
    one, other = audits.auditor(), audits.auditor("审核员乙")
    accepted, refused = audits.all_accepted(case), audits.refusing(case, "hr_licence")
    results = races.at_once(
        lambda: actions.pass_case(one, case_id=case.id, version=1, stated=accepted),
        lambda: actions.return_case(other, case_id=case.id, version=1, stated=refused),
    )
    assert races.outcomes(results) == ["changed_meanwhile", "done"]
    case.refresh_from_db()
    assert case.version == 2
    assert Decision.objects.count() == 1
    assert EventRecord.objects.filter(name="CaseDecided").count() == 1


def test_the_second_look_is_not_passed_twice() -> None:
    case = audits.waiting()
    stated = audits.all_accepted(case)
    actions.pass_case(audits.auditor(), case_id=case.id, version=1, stated=stated)
    results = races.at_once(
        *(
            partial(actions.pass_case, audits.auditor(name), case_id=case.id, version=2, stated=stated)
            for name in ("审核员乙", "审核员丙", "审核员丁")
        )
    )
    assert races.outcomes(results) == ["changed_meanwhile", "changed_meanwhile", "done"]
    assert list(Decision.objects.order_by("decided_at").values_list("step", flat=True)) == ["first", "second"]


def test_auditors_who_ask_for_the_next_case_at_once_get_different_ones() -> None:
    cases = [audits.waiting(hours=n) for n in (1, 2, 3)]
    found = races.at_once(
        *(partial(actions.claim_next, audits.auditor(name)) for name in ("审核员甲", "审核员乙", "审核员丙"))
    )
    assert set(found) == {case.id for case in cases}
    assert Case.objects.exclude(claimed_by=None).count() == 3
