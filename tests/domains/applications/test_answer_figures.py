"""How soon an agency usually answers and how many it answers in time; nothing is said when there are too few."""

from datetime import timedelta

import pytest

from jiuye.domains.applications import actions, queries
from jiuye.domains.applications.models import Application
from jiuye.domains.organisations.models import Shop
from jiuye.kernel import clock
from tests.factories import jobs
from tests.factories.applications import STEPS, apply, in_state
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(cast: Cast) -> None:
    Shop.objects.get_or_create(agency=cast.agency, defaults={"updated_at": clock.now()})


def sent(cast: Cast, days_ago: float, answered_after_hours: float | None = None, state: str = "submitted") -> None:
    """Create an application of Lin's, sent and answered at these times."""
    posting = jobs.posting(cast.agency, employer=cast.posting.employer)
    submitted_at = clock.now() - timedelta(days=days_ago)
    row = Application.objects.filter(pk=apply(cast.lin, posting))
    answered = None if answered_after_hours is None else submitted_at + timedelta(hours=answered_after_hours)
    row.update(submitted_at=submitted_at, first_handled_at=answered)
    if state == "withdrawn":
        row.update(state=state, respond_by=None)


def figures(cast: Cast) -> queries.AnswerFigures:
    actions.recount_answers()
    return queries.answer_figures(cast.agency.id)


def test_an_answer_is_the_first_step_beyond_looking(cast: Cast) -> None:
    application = in_state(cast, "viewed")
    assert Application.objects.get(pk=application).first_handled_at is None
    moment = clock.now() + timedelta(hours=3)
    with clock.frozen(moment):
        STEPS["reject"](cast.zhou, application)
    assert Application.objects.get(pk=application).first_handled_at == moment


def test_the_median_of_at_least_five_answers_is_the_usual_time(cast: Cast) -> None:
    for hours in (1, 2, 30, 40, 150):
        sent(cast, 20, hours)
    assert figures(cast).typical_hours == pytest.approx(30)


def test_four_answers_say_nothing(cast: Cast) -> None:
    for hours in (1, 2, 30, 40):
        sent(cast, 20, hours)
    assert figures(cast) == queries.AnswerFigures(None, None)


def test_answers_older_than_ninety_days_do_not_count(cast: Cast) -> None:
    for hours in (1, 2, 30, 40):
        sent(cast, 20, hours)
    sent(cast, 120, 1)
    assert figures(cast).typical_hours is None


def test_the_share_counts_what_was_answered_in_seven_days_of_what_had_seven_days(cast: Cast) -> None:
    for _ in range(3):
        sent(cast, 20, 24)
    sent(cast, 20, 24 * 9)
    sent(cast, 20)
    sent(cast, 2)
    sent(cast, 20, state="withdrawn")
    assert figures(cast).share == pytest.approx(3 / 5)


def test_figures_go_when_there_is_too_little_again_and_counting_twice_changes_nothing(cast: Cast) -> None:
    for hours in (1, 2, 3, 4, 5):
        sent(cast, 20, hours)
    assert actions.recount_answers() == 1
    assert actions.recount_answers() == 0
    with clock.frozen(clock.now() + timedelta(days=120)):
        assert figures(cast) == queries.AnswerFigures(None, None)
