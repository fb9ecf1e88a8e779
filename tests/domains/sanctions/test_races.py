"""Several people at one sanction at the same moment, on real connections."""

from dataclasses import replace
from functools import partial

import pytest

from jiuye.domains.organisations.models import Agency
from jiuye.domains.sanctions import actions
from jiuye.domains.sanctions.actions import Proposal
from jiuye.domains.sanctions.models import Appeal, Sanction
from jiuye.kernel.models import EventRecord
from tests.factories import organisations, sanctions
from tests.factories.races import at_once, outcomes

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "押金已在处置前全部退还，附转账记录。"


def proposal(level: str) -> Proposal:
    return Proposal(
        level=level,
        reason="职位“急招普工”要求求职者交押金。",
        bases=("deposits",),
        evidence="转账记录。",
        step_reason="情节严重。",
        seen=0,
    )


def test_of_two_operators_with_the_same_page_one_imposes_and_the_other_is_told() -> None:
    agency = organisations.agency()
    one, other = organisations.operator("auditor"), organisations.operator("auditor")
    results = at_once(
        lambda: actions.impose(one, kind="agency", subject_id=agency.pk, proposal=proposal("limit")),
        lambda: actions.impose(other, kind="agency", subject_id=agency.pk, proposal=proposal("suspend")),
    )
    assert outcomes(results) == ["done", "sanctioned_meanwhile"]
    assert Sanction.objects.count() == 1


def test_an_appeal_sent_twice_at_once_is_one() -> None:
    agency = organisations.agency()
    owner = organisations.member(agency, role="owner")
    sanction = sanctions.sanction(agency, "limit")
    results = at_once(*[lambda: actions.submit_appeal(owner, sanction_id=sanction.pk, text=TEXT)] * 3)
    assert outcomes(results) == ["done", *["no_appeal_now"] * 2]
    assert Appeal.objects.count() == 1


def test_of_two_decisions_on_an_appeal_one_counts() -> None:
    agency = organisations.agency()
    sanction = sanctions.sanction(agency, "limit")
    owner = organisations.member(agency, role="owner")
    appeal_id = actions.submit_appeal(owner, sanction_id=sanction.pk, text=TEXT)
    one, other = organisations.operator("auditor"), organisations.operator("auditor")
    results = at_once(
        lambda: actions.decide_appeal(one, appeal_id=appeal_id, uphold=True, answer="转账记录属实，解除处置。"),
        lambda: actions.decide_appeal(other, appeal_id=appeal_id, uphold=False, answer="转账记录不符，维持处置。"),
    )
    assert outcomes(results) == ["done", "state_not_allowed"]
    assert EventRecord.objects.filter(name="AppealDecided").count() == 1
    appeal, kept = Appeal.objects.get(), Sanction.objects.get()
    assert (appeal.state, kept.state) in (("upheld", "lifted"), ("rejected", "active"))


def test_lifting_two_sanctions_at_once_leaves_no_restriction() -> None:
    agency = organisations.agency()
    operator = organisations.operator("auditor")
    found = [
        actions.impose(operator, kind="agency", subject_id=agency.pk, proposal=one)
        for one in (proposal("limit"), replace(proposal("suspend"), seen=1))
    ]
    results = at_once(*[partial(actions.lift, operator, sanction_id=pk, reason="已改正。") for pk in found])
    assert outcomes(results) == ["done", "done"]
    assert Agency.objects.get().restriction == ""


def test_bans_on_both_organisations_of_a_credit_code_do_not_block_each_other() -> None:
    agency = organisations.agency()
    employer = organisations.employer(credit_code=agency.credit_code)
    proposer = organisations.operator("auditor")
    found = [
        actions.impose(proposer, kind=kind, subject_id=pk, proposal=proposal("ban"))
        for kind, pk in (("agency", agency.pk), ("employer", employer.pk))
    ]
    one, other = organisations.operator("auditor"), organisations.operator("auditor")
    results = at_once(
        lambda: actions.confirm(one, sanction_id=found[0]), lambda: actions.confirm(other, sanction_id=found[1])
    )
    assert outcomes(results) == ["done", "done"]
