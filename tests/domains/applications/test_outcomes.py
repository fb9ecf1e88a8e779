"""Outcomes: both sides say whether the person started, and the person says whether they stayed."""

from datetime import timedelta

import pytest

from jiuye.domains.applications import actions, queries
from jiuye.domains.applications.models import Application, OnboardingNotice, RetentionAnswer
from jiuye.kernel import clock
from jiuye.kernel.errors import NotFound, Refused
from tests.factories.applications import everything_written, in_state
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["onboarded", "no_show"])
@pytest.mark.parametrize("came", [True, False])
def test_the_seeker_says_once_whether_they_came(cast: Cast, state: str, came: bool) -> None:
    application = in_state(cast, state)
    assert "confirm_onboarded" in queries.my_application(cast.lin, application).may
    actions.confirm_outcome(cast.lin, application_id=application, onboarded=came)
    seen = queries.my_application(cast.lin, application)
    assert seen.state == state
    assert seen.timeline[-1].title == ("您确认已入职" if came else "您反馈没有入职")
    assert "confirm_onboarded" not in seen.may
    with pytest.raises(Refused, match="已经确认过"):
        actions.confirm_outcome(cast.lin, application_id=application, onboarded=not came)
    assert OnboardingNotice.objects.get().seeker_result == ("onboarded" if came else "no_show")


@pytest.mark.parametrize("state", ["onboarding_notified", "onboarding_accepted", "interview_passed"])
def test_nothing_is_confirmed_before_the_agency_has_said_it(cast: Cast, state: str) -> None:
    application = in_state(cast, state)
    before = everything_written()
    with pytest.raises(Refused):
        actions.confirm_outcome(cast.lin, application_id=application, onboarded=True)
    assert everything_written() == before


@pytest.mark.parametrize(("who", "refusal"), [("wu", NotFound), ("ma", NotFound), ("zhou", Refused)])
def test_only_the_seeker_confirms(cast: Cast, who: str, refusal: type[Exception]) -> None:
    application = in_state(cast, "onboarded")
    with pytest.raises(refusal):
        actions.confirm_outcome(getattr(cast, who), application_id=application, onboarded=True)


def test_thirty_and_ninety_days_after_the_first_day_the_seeker_is_asked(cast: Cast) -> None:
    application = in_state(cast, "onboarded")
    first_day = OnboardingNotice.objects.get().report_at

    def asked(days: int) -> int | None:
        with clock.frozen(first_day + timedelta(days=days, minutes=1)):
            return queries.my_application(cast.lin, application).retention_days

    assert [asked(29), asked(30), asked(89), asked(90)] == [None, 30, 30, 90]
    with clock.frozen(first_day + timedelta(days=31)):
        actions.answer_retention(cast.lin, application_id=application, days=30, is_there=True)
        with pytest.raises(Refused):
            actions.answer_retention(cast.lin, application_id=application, days=30, is_there=False)
    assert [asked(32), asked(91)] == [None, 90]
    answer = RetentionAnswer.objects.get()
    assert (answer.days, answer.is_there) == (30, True)


def test_the_agency_neither_reads_nor_gives_the_answer(cast: Cast) -> None:
    application = in_state(cast, "onboarded")
    with clock.frozen(clock.now() + timedelta(days=60)):
        assert queries.for_agency(cast.zhou, application).retention_days is None
        with pytest.raises(NotFound):
            actions.answer_retention(cast.zhou, application_id=application, days=30, is_there=True)


def test_people_who_did_not_come_are_not_asked_whether_they_stayed(cast: Cast) -> None:
    application = in_state(cast, "onboarded")
    actions.confirm_outcome(cast.lin, application_id=application, onboarded=False)
    with clock.frozen(clock.now() + timedelta(days=60)):
        assert queries.my_application(cast.lin, application).retention_days is None
        with pytest.raises(Refused):
            actions.answer_retention(cast.lin, application_id=application, days=30, is_there=True)
    assert Application.objects.get(pk=application).state == "onboarded"
