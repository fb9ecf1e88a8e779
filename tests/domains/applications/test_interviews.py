"""Interviews: terms, answers, rescheduling, results."""

from datetime import timedelta

import pytest

from jiuye.domains.applications import actions, queries
from jiuye.domains.applications.models import Application, InterviewInvitation
from jiuye.kernel import clock
from jiuye.kernel.errors import Invalid, Refused
from tests.factories import jobs
from tests.factories.applications import everything_written, in_state, interview, standing_invitation
from tests.factories.cast import Cast


def test_the_invitation_is_shown_to_both_with_its_terms(cast: Cast) -> None:
    application = in_state(cast, "viewed")
    terms = interview(place="示范路1号2楼", note="请带身份证。")
    actions.invite_to_interview(cast.zhou, application_id=application, details=terms)
    for seen in (queries.my_application(cast.lin, application), queries.for_agency(cast.zhou, application)):
        assert seen.invitation
        assert (seen.invitation.place, seen.invitation.mode_label) == ("示范路1号2楼", "现场面试")
        assert (seen.invitation.starts_at, seen.invitation.state_label) == (terms.starts_at, "待答复")


def test_the_seeker_has_until_the_invitations_deadline(cast: Cast) -> None:
    application = in_state(cast, "viewed")
    terms = interview()
    actions.invite_to_interview(cast.zhou, application_id=application, details=terms)
    assert Application.objects.get(pk=application).respond_by == terms.answer_by


def test_an_unopened_resume_comes_first(cast: Cast) -> None:
    application = in_state(cast, "submitted")
    with pytest.raises(Refused) as refusal:
        actions.invite_to_interview(cast.zhou, application_id=application, details=interview())
    assert "已投递" in refusal.value.message


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("place", {"place": "  "}),
        ("link", {"mode": "online", "link": ""}),
        ("link", {"mode": "online", "link": "http://meet.example.com/1"}),
        ("link", {"mode": "online", "link": "javascript:alert(1)"}),
        ("mode", {"mode": "séance"}),
        ("contact_name", {"contact_name": " \t"}),
        ("contact_phone", {"contact_phone": "12345"}),
        ("note", {"note": "字" * 501}),
        ("place", {"place": "字" * 201}),
    ],
)
def test_terms_that_cannot_be_are_told_at_their_field(cast: Cast, field: str, changes: dict[str, str]) -> None:
    application = in_state(cast, "viewed")
    before = everything_written()
    with pytest.raises(Invalid) as refusal:
        actions.invite_to_interview(cast.zhou, application_id=application, details=interview(**changes))
    assert list(refusal.value.fields) == [field]
    assert everything_written() == before


@pytest.mark.parametrize(
    ("field", "starts_in", "answer_in"),
    [("starts_at", -1, -2), ("starts_at", 24 * 181, 24), ("answer_by", 48, 49), ("answer_by", 48, -1)],
)
def test_times_must_lie_ahead_and_the_answer_before_the_interview(
    cast: Cast, field: str, starts_in: int, answer_in: int
) -> None:
    application = in_state(cast, "viewed")
    details = interview(
        starts_at=clock.now() + timedelta(hours=starts_in), answer_by=clock.now() + timedelta(hours=answer_in)
    )
    with pytest.raises(Invalid) as refusal:
        actions.invite_to_interview(cast.zhou, application_id=application, details=details)
    assert field in refusal.value.fields


def test_a_new_invitation_supersedes_the_one_before_it(cast: Cast) -> None:
    application = in_state(cast, "interview_accepted")
    first = standing_invitation(application)
    second = actions.invite_to_interview(
        cast.zhou, application_id=application, details=interview(place="改在示范路9号")
    )
    seen = queries.my_application(cast.lin, application)
    assert seen.state == "interview_invited"
    assert seen.invitation
    assert (seen.invitation.id, seen.invitation.place) == (second, "改在示范路9号")
    assert [(one.id, one.state_label) for one in seen.earlier_invitations] == [(first, "已改约")]
    assert seen.timeline[-1 - len([s for s in seen.timeline if s.state == "future"])].title == "面试改约"


def test_an_answer_to_a_superseded_invitation_is_refused(cast: Cast) -> None:
    application = in_state(cast, "interview_invited")
    first = standing_invitation(application)
    actions.invite_to_interview(cast.zhou, application_id=application, details=interview())
    before = everything_written()
    with pytest.raises(Refused) as refusal:
        actions.answer_interview(cast.lin, application_id=application, invitation_id=first, accept=True)
    assert refusal.value.code == "superseded"
    assert everything_written() == before


def test_an_invitation_of_another_application_is_no_answer(cast: Cast) -> None:
    application = in_state(cast, "interview_invited")
    elsewhere = in_state(cast, "interview_invited", posting=jobs.posting(cast.agency))
    with pytest.raises(Refused):
        actions.answer_interview(
            cast.lin, application_id=application, invitation_id=standing_invitation(elsewhere), accept=True
        )
    assert queries.my_application(cast.lin, elsewhere).state == "interview_invited"


def test_a_declined_interview_may_be_rescheduled(cast: Cast) -> None:
    application = in_state(cast, "interview_declined")
    actions.invite_to_interview(cast.zhou, application_id=application, details=interview())
    assert queries.my_application(cast.lin, application).state == "interview_invited"


def test_an_interview_whose_hour_has_passed_can_only_be_declined(cast: Cast) -> None:
    application = in_state(cast, "interview_invited")
    invitation = standing_invitation(application)
    with clock.frozen(clock.now() + timedelta(days=4)):
        with pytest.raises(Refused) as refusal:
            actions.answer_interview(cast.lin, application_id=application, invitation_id=invitation, accept=True)
        assert refusal.value.code == "interview_over"
        assert queries.my_application(cast.lin, application).state == "interview_invited"
        actions.answer_interview(
            cast.lin, application_id=application, invitation_id=invitation, accept=False, note="想改到周末"
        )
    assert queries.my_application(cast.lin, application).state == "interview_declined"


def test_after_the_answer_deadline_but_before_the_interview_accepting_still_works(cast: Cast) -> None:
    application = in_state(cast, "interview_invited")
    with clock.frozen(clock.now() + timedelta(days=2)):
        actions.answer_interview(
            cast.lin, application_id=application, invitation_id=standing_invitation(application), accept=True
        )
    assert queries.my_application(cast.lin, application).state == "interview_accepted"


def test_three_days_after_the_interview_its_result_is_due(cast: Cast) -> None:
    application = in_state(cast, "interview_accepted")
    invitation = InterviewInvitation.objects.get(application_id=application)
    assert Application.objects.get(pk=application).respond_by == invitation.starts_at + timedelta(days=3)


def test_the_result_stands_on_the_invitation_with_its_note(cast: Cast) -> None:
    application = in_state(cast, "interview_accepted")
    actions.record_interview_result(cast.zhou, application_id=application, passed=True, note="表达清楚\r\n技能符合")
    seen = queries.my_application(cast.lin, application).invitation
    assert seen
    assert (seen.state_label, seen.result_note) == ("面试通过", "表达清楚\n技能符合")


def test_the_first_answer_beyond_looking_is_when_the_agency_handled_it(cast: Cast) -> None:
    application = in_state(cast, "viewed")
    assert Application.objects.get(pk=application).first_handled_at is None
    actions.invite_to_interview(cast.zhou, application_id=application, details=interview())
    handled = Application.objects.get(pk=application).first_handled_at
    assert handled
    actions.reject(cast.zhou, application_id=application, reason="filled")
    assert Application.objects.get(pk=application).first_handled_at == handled
