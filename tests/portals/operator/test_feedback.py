"""The desk that answers feedback, over HTTP."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.feedback.models import FeedbackMessage
from tests.factories import accounts
from tests.factories.feedback import TEXT, desk, row, sent
from tests.factories.public_site import links_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> Client:
    return accounts.browser(desk()[0])


def test_what_waits_is_listed_the_longest_first(
    clerk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = [str(row(sent(category=category).number).id) for category in ("fault", "idea", "fault")]
    with django_assert_max_num_queries(10):
        page = clerk.get("/ops/feedback")
    assert [one.rpartition("/")[2] for one in links_of(page, "/ops/feedback/")] == made
    assert len(links_of(clerk.get("/ops/feedback?category=idea"), "/ops/feedback/")) == 1
    assert links_of(clerk.get("/ops/feedback?who=mine"), "/ops/feedback/") == []


@pytest.mark.parametrize(
    "query", ["state=x&category=x&who=x", "number=%01%F0", "cursor=zzz", "number=YJ20261123-XXXXXX"]
)
def test_no_nonsense_breaks_it(clerk: Client, query: str) -> None:
    sent()
    assert clerk.get(f"/ops/feedback?{query}").status_code == 200


def test_one_is_claimed_noted_answered_and_closed(clerk: Client) -> None:
    number = sent().number
    here = f"/ops/feedback/{row(number).id}"
    assert TEXT in text_of(clerk.get(here))
    assert "客服小周" in text_of(clerk.post(f"{here}/claim", follow=True))
    assert "已转技术" in text_of(clerk.post(f"{here}/note", {"note-text": "已转技术"}, follow=True))
    assert "已经修好" in text_of(clerk.post(f"{here}/answer", {"answer-text": "已经修好，请再试。"}, follow=True))
    clerk.post(f"{here}/close")
    assert row(number).state == "closed"


def test_an_answer_without_words_is_refused_at_the_field(clerk: Client) -> None:
    number = sent().number
    answer = clerk.post(f"/ops/feedback/{row(number).id}/answer", {"answer-text": " "})
    assert answer.status_code == 422
    assert "请写下答复" in text_of(answer)
    assert row(number).state == "open"


def test_a_colleagues_matter_is_left_alone(clerk: Client) -> None:
    number = sent().number
    here = f"/ops/feedback/{row(number).id}"
    clerk.post(f"{here}/claim")
    other = accounts.browser(desk("客服小郑")[0])
    assert "已由同事认领" in text_of(other.post(f"{here}/claim", follow=True))
    assert other.post(f"{here}/answer", {"answer-text": "我来答复。"}).status_code == 422
    assert not FeedbackMessage.objects.exists()
    other.post(f"{here}/release")
    assert row(number).assigned_to_id is None
