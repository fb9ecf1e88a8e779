"""Reminding an agency that does not answer: once per application, after 7 days without a step."""

from datetime import timedelta

import pytest

from jiuye.domains.applications import actions, queries
from jiuye.domains.applications.models import Application, ApplicationEvent
from jiuye.kernel import clock
from jiuye.kernel.errors import NotFound, Refused
from tests.factories.applications import everything_written, in_state
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db

LATER = timedelta(days=7, minutes=1)


@pytest.mark.parametrize("state", ["submitted", "viewed", "interview_declined", "interview_passed"])
def test_after_seven_silent_days_the_seeker_reminds_the_agency_once(cast: Cast, state: str) -> None:
    application = in_state(cast, state)
    with clock.frozen(clock.now() + LATER):
        assert "nudge" in queries.my_application(cast.lin, application).may
        actions.nudge(cast.lin, application_id=application)
        seen = queries.my_application(cast.lin, application)
        assert "您提醒了职介" in [step.title for step in seen.timeline]
        assert "nudge" not in seen.may
        with pytest.raises(Refused, match="已经提醒过"):
            actions.nudge(cast.lin, application_id=application)
    assert Application.objects.get(pk=application).state == state
    assert ApplicationEvent.objects.filter(application_id=application, verb="nudge").count() == 1


def test_before_seven_days_it_is_too_early_and_the_day_is_named(cast: Cast) -> None:
    application = in_state(cast, "submitted")
    before = everything_written()
    opens = queries.my_application(cast.lin, application).nudge_opens_at
    assert opens is not None
    with clock.frozen(clock.now() + timedelta(days=6)):
        assert "nudge" not in queries.my_application(cast.lin, application).may
        with pytest.raises(Refused, match=f"{clock.local(opens):%-m月%-d日}"):
            actions.nudge(cast.lin, application_id=application)
    assert everything_written() == before


def test_opening_the_resume_starts_the_seven_days_again(cast: Cast) -> None:
    application = in_state(cast, "submitted")
    moment = clock.now()
    with clock.frozen(moment + timedelta(days=5)):
        actions.open_resume(cast.zhou, application_id=application)
    with clock.frozen(moment + timedelta(days=8)):
        assert "nudge" not in queries.my_application(cast.lin, application).may
    with clock.frozen(moment + timedelta(days=12, minutes=1)):
        assert "nudge" in queries.my_application(cast.lin, application).may


@pytest.mark.parametrize(("state", "days"), [("interview_accepted", 7), ("onboarding_accepted", 10)])
def test_a_result_is_asked_for_once_it_is_due(cast: Cast, state: str, days: int) -> None:
    application = in_state(cast, state)
    moment = clock.now()
    with clock.frozen(moment + timedelta(days=days) - timedelta(hours=1)):
        assert "nudge" not in queries.my_application(cast.lin, application).may
    with clock.frozen(moment + timedelta(days=days, minutes=1)):
        actions.nudge(cast.lin, application_id=application)


@pytest.mark.parametrize("state", ["interview_invited", "onboarding_notified", "onboarded", "rejected", "withdrawn"])
def test_when_it_is_not_the_agencys_turn_there_is_nobody_to_remind(cast: Cast, state: str) -> None:
    application = in_state(cast, state)
    with clock.frozen(clock.now() + timedelta(days=40)):
        assert "nudge" not in queries.my_application(cast.lin, application).may
        with pytest.raises(Refused):
            actions.nudge(cast.lin, application_id=application)


@pytest.mark.parametrize(("who", "refusal"), [("wu", NotFound), ("ma", NotFound), ("zhou", Refused)])
def test_only_the_applicant_reminds(cast: Cast, who: str, refusal: type[Exception]) -> None:
    application = in_state(cast, "submitted")
    with clock.frozen(clock.now() + LATER), pytest.raises(refusal):
        actions.nudge(getattr(cast, who), application_id=application)


def test_a_reminder_does_not_keep_a_silent_application_open(cast: Cast) -> None:
    application = in_state(cast, "submitted")
    moment = clock.now()
    with clock.frozen(moment + timedelta(days=30)):
        actions.nudge(cast.lin, application_id=application)
    with clock.frozen(moment + timedelta(days=60, minutes=1)):
        assert actions.close_unanswered() == 1
        seen = queries.my_application(cast.lin, application)
    assert seen.state == "rejected"
    assert "60 天内没有处理" in seen.timeline[-1].note
