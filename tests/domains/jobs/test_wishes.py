"""An employer asks for a change of its posting; the agency answers that it is done, or why not."""

import pytest

from jiuye.domains.jobs import actions, queries
from jiuye.domains.jobs.models import JobPosting, PostingWish
from jiuye.domains.organisations.models import Affiliation
from jiuye.kernel import clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound, Refused
from jiuye.kernel.models import EventRecord
from jiuye.notifications.models import Notification
from jiuye.worker.handlers import HANDLERS
from tests.factories import jobs, organisations

pytestmark = pytest.mark.django_db


@pytest.fixture
def posting() -> JobPosting:
    employer, agency = organisations.employer(), organisations.agency()
    organisations.affiliate(employer, agency)
    return jobs.posting(agency, employer=employer)


@pytest.fixture
def lu(posting: JobPosting) -> Actor:
    assert posting.employer is not None
    return organisations.member(posting.employer)


@pytest.fixture
def zhou(posting: JobPosting) -> Actor:
    return organisations.member(posting.agency)


def test_asked_and_done_both_are_told(posting: JobPosting, lu: Actor, zhou: Actor) -> None:
    made = actions.wish_for_change(lu, posting_id=posting.id, text="招聘人数改为 8 人")
    assert actions.answer_wish(zhou, wish_id=made, is_done=True) == posting.id
    (seen,) = queries.wishes_for(posting.id)
    assert (seen.text, seen.state) == ("招聘人数改为 8 人", "done")
    for event_id in EventRecord.objects.order_by("occurred_at", "id").values_list("id", flat=True):
        events.deliver(event_id, HANDLERS)
    told = Notification.objects.order_by("created_at", "id").values_list("user_id", "kind")
    assert list(told) == [(zhou.person_id, "affiliation.agency_wish"), (lu.person_id, "affiliation.employer_wish_done")]


def test_declined_with_the_reason(posting: JobPosting, lu: Actor, zhou: Actor) -> None:
    made = actions.wish_for_change(lu, posting_id=posting.id, text="月薪提高")
    with pytest.raises(Invalid):
        actions.answer_wish(zhou, wish_id=made, is_done=False)
    actions.answer_wish(zhou, wish_id=made, is_done=False, answer="等您确认合同")
    (seen,) = queries.wishes_for(posting.id)
    assert (seen.state, seen.answer) == ("declined", "等您确认合同")
    with pytest.raises(Refused):
        actions.answer_wish(zhou, wish_id=made, is_done=True)


@pytest.mark.parametrize("text", ["", " ", "字" * 301])
def test_not_without_words_and_not_too_many(posting: JobPosting, lu: Actor, text: str) -> None:
    with pytest.raises(Invalid):
        actions.wish_for_change(lu, posting_id=posting.id, text=text)
    assert not PostingWish.objects.exists()


def test_at_most_five_open_ones(posting: JobPosting, lu: Actor) -> None:
    for number in range(5):
        actions.wish_for_change(lu, posting_id=posting.id, text=f"第{number}条")
    with pytest.raises(Refused):
        actions.wish_for_change(lu, posting_id=posting.id, text="再一条")
    assert PostingWish.objects.count() == 5


def test_others_neither_ask_nor_answer(posting: JobPosting, lu: Actor, zhou: Actor) -> None:
    assert posting.employer is not None
    with pytest.raises(Denied):
        actions.wish_for_change(organisations.member(posting.employer, role="viewer"), posting_id=posting.id, text="改")
    for stranger in (zhou, organisations.member(organisations.employer(is_certified=True))):
        with pytest.raises(NotFound):
            actions.wish_for_change(stranger, posting_id=posting.id, text="改")
    made = actions.wish_for_change(lu, posting_id=posting.id, text="改")
    for stranger in (lu, organisations.member(organisations.agency())):
        with pytest.raises(NotFound):
            actions.answer_wish(stranger, wish_id=made, is_done=True)
    with pytest.raises(Denied):
        actions.answer_wish(organisations.member(posting.agency, role="viewer"), wish_id=made, is_done=True)
    assert PostingWish.objects.get().state == "open"


def test_after_the_end_nothing_of_the_postings_is_seen(posting: JobPosting, lu: Actor) -> None:
    Affiliation.objects.update(state="ended", reason="合同到期", ended_by="employer", ended_at=clock.now())
    assert not queries.employer_postings(lu).items
    with pytest.raises(NotFound):
        queries.employer_posting(lu, posting.id)
    with pytest.raises(NotFound):
        actions.wish_for_change(lu, posting_id=posting.id, text="改")
