"""Asking for another time of an interview: once per invitation, in words that both sides read."""

from datetime import datetime, timedelta

import pytest

from jiuye.domains.applications import actions, queries
from jiuye.domains.applications.models import Application, InterviewInvitation
from jiuye.kernel import clock
from jiuye.kernel.errors import Denied, Invalid, NotFound, Refused
from tests.factories.applications import STEPS, everything_written, in_state, interview, standing_invitation
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db


def ask(
    cast: Cast, application, reason: str = "当天已有安排", times: tuple[datetime, ...] = (), who: str = "lin"
) -> None:  # type: ignore[no-untyped-def]
    actions.ask_for_another_time(
        getattr(cast, who),
        application_id=application,
        invitation_id=standing_invitation(application),
        reason=reason,
        times=times,
    )


@pytest.mark.parametrize("state", ["interview_invited", "interview_accepted"])
def test_the_wish_is_a_step_of_the_timeline_and_the_state_stays(cast: Cast, state: str) -> None:
    application = in_state(cast, state)
    proposed = clock.now() + timedelta(days=5)
    ask(cast, application, times=(proposed,))
    assert Application.objects.get(pk=application).state == state
    mine, theirs = queries.my_application(cast.lin, application), queries.for_agency(cast.zhou, application)
    last = next(step for step in reversed(mine.timeline) if step.state == "current")
    assert last.title == "您申请改面试时间"
    assert "当天已有安排" in last.note
    assert f"希望改到 {clock.local(proposed):%-m月%-d日 %H:%M}" in last.note
    assert "求职者申请改面试时间" in [step.title for step in theirs.timeline]
    assert theirs.next_step is not None
    assert "确认按原时间" in theirs.next_step.text
    assert theirs.invitation is not None
    assert theirs.invitation.ask_times == (proposed,)


def test_the_inbox_says_that_an_answer_is_waited_for(cast: Cast) -> None:
    application = in_state(cast, "interview_invited")
    ask(cast, application)
    (row,) = queries.inbox(cast.zhou, chosen=queries.InboxFilter()).items
    assert row.next_step is not None
    assert "求职者想改时间" in row.next_step.text


def test_the_invitation_can_still_be_accepted_while_the_wish_waits(cast: Cast) -> None:
    application = in_state(cast, "interview_invited")
    ask(cast, application)
    STEPS["accept_interview"](cast.lin, application)
    assert Application.objects.get(pk=application).state == "interview_accepted"


def test_asking_twice_for_one_invitation_is_refused_and_for_the_next_one_possible(cast: Cast) -> None:
    application = in_state(cast, "interview_invited")
    ask(cast, application)
    before = everything_written()
    with pytest.raises(Refused, match="已经提出"):
        ask(cast, application)
    assert everything_written() == before
    actions.invite_to_interview(cast.zhou, application_id=application, details=interview())
    assert "keep_time" not in queries.for_agency(cast.zhou, application).may
    ask(cast, application)


def test_the_agency_may_answer_that_the_time_stays(cast: Cast) -> None:
    application = in_state(cast, "interview_invited")
    ask(cast, application)
    assert "keep_time" in queries.for_agency(cast.zhou, application).may
    actions.keep_interview_time(cast.zhou, application_id=application)
    mine = queries.my_application(cast.lin, application)
    assert "职介确认按原时间面试" in [step.title for step in mine.timeline]
    assert "ask_for_another_time" not in mine.may
    with pytest.raises(Refused, match="没有待答复"):
        actions.keep_interview_time(cast.zhou, application_id=application)


def test_a_time_that_nobody_asked_to_change_is_not_confirmed(cast: Cast) -> None:
    application = in_state(cast, "interview_invited")
    before = everything_written()
    with pytest.raises(Refused):
        actions.keep_interview_time(cast.zhou, application_id=application)
    assert everything_written() == before


@pytest.mark.parametrize(
    ("field", "reason", "days"),
    [
        ("reason", " ", [2]),
        ("reason", "久" * 201, [2]),
        ("times", "有事", [-1]),
        ("times", "有事", [200]),
        ("times", "有事", [1, 2, 3, 4]),
    ],
)
def test_a_wish_that_cannot_be_is_told_at_its_field(cast: Cast, field: str, reason: str, days: list[int]) -> None:
    application = in_state(cast, "interview_invited")
    before = everything_written()
    with pytest.raises(Invalid) as problem:
        ask(cast, application, reason, tuple(clock.now() + timedelta(days=day) for day in days))
    assert set(problem.value.fields) == {field}
    assert everything_written() == before


def test_after_the_hour_has_passed_there_is_nothing_to_move(cast: Cast) -> None:
    application = in_state(cast, "interview_accepted")
    with clock.frozen(clock.now() + timedelta(days=4)), pytest.raises(Refused, match="已经过了"):
        ask(cast, application)


def test_an_invitation_that_was_superseded_is_not_asked_about(cast: Cast) -> None:
    application = in_state(cast, "interview_invited")
    old = standing_invitation(application)
    actions.invite_to_interview(cast.zhou, application_id=application, details=interview())
    with pytest.raises(Refused, match="取代"):
        actions.ask_for_another_time(cast.lin, application_id=application, invitation_id=old, reason="有事")
    assert not InterviewInvitation.objects.exclude(asked_at=None).exists()


@pytest.mark.parametrize(("who", "refusal"), [("wu", NotFound), ("ma", NotFound), ("zhou", Refused), ("shen", Denied)])
def test_only_the_applicant_asks(cast: Cast, who: str, refusal: type[Exception]) -> None:
    application = in_state(cast, "interview_invited")
    before = everything_written()
    with pytest.raises(refusal):
        ask(cast, application, who=who)
    assert everything_written() == before


@pytest.mark.parametrize("state", ["submitted", "viewed", "interview_declined", "interview_passed", "rejected"])
def test_without_a_standing_invitation_there_is_nothing_to_ask(cast: Cast, state: str) -> None:
    application = in_state(cast, state)
    assert "ask_for_another_time" not in queries.my_application(cast.lin, application).may
    with pytest.raises(Refused):
        ask(cast, application)
