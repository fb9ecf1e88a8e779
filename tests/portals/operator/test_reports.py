"""The operators' queue of reported postings."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.reports.models import Report
from jiuye.kernel.actor import Actor
from tests.factories import accounts, jobs, organisations, public_site, reviews
from tests.factories.reports import reported
from tests.factories.reviews import cast_after, reviewed

pytestmark = pytest.mark.django_db


def signed_in(actor: Actor) -> Client:
    return accounts.browser(User.objects.get(pk=actor.person_id))


@pytest.fixture
def auditor() -> Client:
    return signed_in(organisations.operator("auditor"))


@pytest.fixture
def posting() -> JobPosting:
    return jobs.posting()


def decide(client: Client, posting: JobPosting, verdict: str, answer: str = "核查了聊天记录，属实。") -> int:
    """The status of a decision on everything that is open."""
    last = Report.objects.order_by("-id")[0].id
    sent = {"verdict": verdict, "answer": answer, "through": str(last)}
    return client.post(f"/ops/reports/{posting.id}/decide", sent).status_code


def test_the_queue_leads_to_everything_that_was_reported_of_a_posting(auditor: Client, posting: JobPosting) -> None:
    reported(posting, text="押金三百", contact="微信 示例")
    reported(posting, "discrimination", text="只要男性")
    assert f"/ops/reports/{posting.id}" in auditor.get("/ops/reports").content.decode()
    page = auditor.get(f"/ops/reports/{posting.id}").content.decode()
    assert all(said in page for said in ("押金三百", "微信 示例", "只要男性", "待核查的举报（2）"))


def test_postings_and_reviews_wait_in_one_queue_each_with_its_number(auditor: Client, posting: JobPosting) -> None:
    reported(posting)
    cast = cast_after()
    review_id = reviewed(cast, text="从不回复")
    reviews.reported(review_id)
    for page in ("/ops/reports", "/ops/reports?about=reviews"):
        shown = public_site.text_of(auditor.get(page))
        assert "职位1" in shown.replace(" ", "")
        assert "评价1" in shown.replace(" ", "")
    assert "从不回复" in auditor.get("/ops/reports?about=reviews").content.decode()
    assert "从不回复" not in auditor.get("/ops/reports").content.decode()
    assert "辱骂或人身攻击" in auditor.get("/ops/reports?about=reviews").content.decode()


def test_where_reviews_were_decided_on_before_leads_to_the_queue(auditor: Client) -> None:
    review_id = reviewed(cast_after())
    assert auditor.get("/ops/reviews").headers["Location"] == "/ops/reports?about=reviews"
    assert auditor.get(f"/ops/reviews/{review_id}").headers["Location"] == f"/ops/reports/reviews/{review_id}"


def test_what_is_decided_of_a_review_is_shown_below_what_is_open(auditor: Client) -> None:
    review_id = reviewed(cast_after())
    through = reviews.reported(review_id)
    sent = {"verdict": "keep", "answer": "是正常的批评。", "through": str(through)}
    answer = auditor.post(f"/ops/reports/reviews/{review_id}/decide", sent)
    assert answer.headers["Location"] == "/ops/reports?about=reviews"
    page = auditor.get(f"/ops/reports/reviews/{review_id}").content.decode()
    assert all(said in page for said in ("举报都已处理", "以前的举报（1）", "举报不属实"))


def test_who_reported_is_not_named(auditor: Client, posting: JobPosting) -> None:
    reported(posting)
    assert "林小满" not in auditor.get(f"/ops/reports/{posting.id}").content.decode()


def test_a_ban_takes_the_posting_off(auditor: Client, posting: JobPosting) -> None:
    reported(posting)
    assert decide(auditor, posting, "banned") == 302
    assert Client().get(f"/jobs/{posting.id}").status_code == 404
    assert "没有等待核查的举报" in auditor.get("/ops/reports").content.decode()


def test_a_decision_needs_an_answer(auditor: Client, posting: JobPosting) -> None:
    reported(posting)
    assert decide(auditor, posting, "upheld", "") == 422
    assert decide(auditor, posting, "", "不属实") == 422
    assert Report.objects.get().state == "open"


def test_who_comes_second_is_told(auditor: Client, posting: JobPosting) -> None:
    reported(posting)
    decide(auditor, posting, "upheld")
    sent = {"verdict": "dismissed", "answer": "不属实", "through": str(Report.objects.get().id)}
    answer = auditor.post(f"/ops/reports/{posting.id}/decide", sent, follow=True)
    assert "已由同事处理" in answer.content.decode()
    assert Report.objects.get().state == "upheld"


def test_the_page_and_the_queue_cost_the_same_for_many_reports(
    auditor: Client, posting: JobPosting, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(6):
        reported(posting)
    with django_assert_max_num_queries(9):
        auditor.get("/ops/reports")
    with django_assert_max_num_queries(10):
        auditor.get(f"/ops/reports/{posting.id}")


def test_others_are_kept_out(posting: JobPosting) -> None:
    reported(posting)
    for stranger in (organisations.operator("support"), organisations.member(posting.agency)):
        client = signed_in(stranger)
        assert client.get("/ops/reports").status_code == 403
        assert client.get(f"/ops/reports/{posting.id}").status_code == 403
        assert decide(client, posting, "upheld") == 403
    assert Report.objects.get().state == "open"
