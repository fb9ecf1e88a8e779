"""Ends of applications: rejected with a reason, withdrawn with the consent, closed after 60 days without an answer."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from jiuye.domains.accounts.models import Consent
from jiuye.domains.applications import actions, queries
from jiuye.domains.applications.models import Application, ApplicationEvent, InterviewInvitation
from jiuye.domains.applications.states import RejectionReason
from jiuye.kernel import clock
from jiuye.kernel.errors import Invalid, Refused
from tests.factories import jobs
from tests.factories.applications import apply, everything_written, in_state, interview
from tests.factories.cast import Cast

SIXTY_DAYS = timedelta(days=60, hours=1)


@pytest.mark.parametrize(
    ("field", "reason", "note"),
    [
        ("reason", "", ""),
        ("reason", "sex", ""),
        ("reason", "unanswered", ""),
        ("note", "other", "  "),
        ("note", "skills", "字" * 301),
    ],
)
def test_a_rejection_needs_a_reason_that_the_seeker_reads(cast: Cast, field: str, reason: str, note: str) -> None:
    application = in_state(cast, "viewed")
    before = everything_written()
    with pytest.raises(Invalid) as refusal:
        actions.reject(cast.zhou, application_id=application, reason=reason, note=note)
    assert list(refusal.value.fields) == [field]
    assert everything_written() == before


def test_the_seeker_reads_the_reason_and_the_note(cast: Cast) -> None:
    application = in_state(cast, "viewed")
    actions.reject(cast.zhou, application_id=application, reason="filled", note="下月还会再招。")
    last = queries.my_application(cast.lin, application).timeline[-1]
    assert (last.state, last.note) == ("stopped", "岗位已招满：下月还会再招。")


def test_no_reason_names_a_ground_that_the_law_forbids() -> None:
    words = " ".join(RejectionReason.labels)
    assert not any(ground in words for ground in ("性别", "年龄", "民族", "户籍", "婚", "育", "残疾", "宗教"))


def test_a_rejection_without_a_reason_cannot_be_stored(cast: Cast) -> None:
    application = in_state(cast, "rejected")
    with pytest.raises(IntegrityError, match="a_rejected_application_says_why"), transaction.atomic():
        Application.objects.filter(pk=application).update(rejection_reason="")


@pytest.mark.parametrize("ending", ["reject", "withdraw"])
def test_an_interview_still_to_come_is_called_off(cast: Cast, ending: str) -> None:
    application = in_state(cast, "interview_accepted")
    if ending == "reject":
        actions.reject(cast.zhou, application_id=application, reason="filled")
    else:
        actions.withdraw(cast.lin, application_id=application)
    assert InterviewInvitation.objects.get(application_id=application).state == "cancelled"


def test_an_interview_that_was_passed_stays_what_it_was_when_the_application_is_rejected(cast: Cast) -> None:
    application = in_state(cast, "interview_passed")
    actions.reject(cast.zhou, application_id=application, reason="filled")
    invitation = InterviewInvitation.objects.get(application_id=application)
    assert (invitation.state, invitation.result) == ("accepted", "passed")


# Withdrawing


def test_withdrawing_withdraws_the_consent(cast: Cast) -> None:
    application = in_state(cast, "viewed")
    actions.withdraw(cast.lin, application_id=application)
    consent = Consent.objects.get(pk=Application.objects.get(pk=application).consent_id)
    assert consent.withdrawn_at is not None


def test_after_a_withdrawal_the_agency_can_no_longer_read_the_resume_and_leaves_no_trace_of_trying(
    cast: Cast,
) -> None:
    application = in_state(cast, "viewed")
    actions.withdraw(cast.lin, application_id=application)
    before = everything_written()
    with pytest.raises(Refused):
        actions.open_resume(cast.zhou, application_id=application)
    with pytest.raises(Refused) as refusal:
        queries.resume_for_agency(cast.zhou, application)
    assert (refusal.value.code, refusal.value.status) == ("consent_withdrawn", 403)
    assert everything_written() == before


def test_the_seeker_still_reads_what_was_sent_after_withdrawing(cast: Cast) -> None:
    application = in_state(cast, "withdrawn")
    assert queries.sent_resume(cast.lin, application).name == "林小满"


# After 60 days without an answer (product.md, “nothing disappears in silence”)


@pytest.mark.parametrize("state", ["submitted", "viewed", "interview_declined", "interview_passed"])
def test_sixty_silent_days_close_an_application_with_an_explanation(cast: Cast, state: str) -> None:
    application = in_state(cast, state)
    with clock.frozen(clock.now() + SIXTY_DAYS):
        assert actions.close_unanswered() == 1
        seen = queries.my_application(cast.lin, application)
    last = seen.timeline[-1]
    assert (seen.state, last.by) == ("rejected", "就业在线平台")
    assert "60 天" in last.note
    assert ApplicationEvent.objects.filter(application_id=application, party="system").count() == 1


def test_an_interview_without_a_result_closes_sixty_days_after_the_answer_but_not_before_it_was_due(
    cast: Cast,
) -> None:
    application = in_state(cast, "interview_invited")
    far = clock.now() + timedelta(days=100)
    invitation = actions.invite_to_interview(
        cast.zhou,
        application_id=application,
        details=interview(starts_at=far, answer_by=clock.now() + timedelta(days=2)),
    )
    actions.answer_interview(cast.lin, application_id=application, invitation_id=invitation, accept=True)
    with clock.frozen(clock.now() + SIXTY_DAYS):
        assert actions.close_unanswered() == 0
    with clock.frozen(far + timedelta(days=4)):
        assert actions.close_unanswered() == 1


@pytest.mark.parametrize("state", ["interview_invited", "onboarding_notified", "onboarding_accepted", "onboarded"])
def test_what_does_not_wait_for_the_agencys_answer_is_left_alone(cast: Cast, state: str) -> None:
    application = in_state(cast, state)
    with clock.frozen(clock.now() + SIXTY_DAYS):
        assert actions.close_unanswered() == 0
    assert queries.my_application(cast.lin, application).state == state


def test_closing_twice_closes_once_and_younger_ones_stay(cast: Cast) -> None:
    posting = jobs.posting(cast.agency, valid_through=clock.today() + timedelta(days=90))
    old = in_state(cast, "submitted", posting)
    later = clock.now() + SIXTY_DAYS
    with clock.frozen(later - timedelta(days=1)):
        young = apply(cast.wu, posting)
    with clock.frozen(later):
        assert [actions.close_unanswered(), actions.close_unanswered()] == [1, 0]
    assert queries.my_application(cast.lin, old).state == "rejected"
    assert queries.my_application(cast.wu, young).state == "submitted"


def test_many_are_closed_in_portions(cast: Cast) -> None:
    for _ in range(3):
        apply(cast.lin, jobs.posting(cast.agency))
    with clock.frozen(clock.now() + SIXTY_DAYS):
        assert [actions.close_unanswered(limit=2) for _ in range(3)] == [2, 1, 0]
