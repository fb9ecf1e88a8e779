"""Reporting a posting, and one's reports."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.reports import actions
from jiuye.domains.reports.models import Report
from tests.factories import accounts, jobs, organisations

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin() -> User:
    return accounts.seeker()


@pytest.fixture
def client(lin: User) -> Client:
    return accounts.browser(lin)


@pytest.fixture
def posting() -> JobPosting:
    return jobs.posting()


def test_the_page_of_a_posting_leads_to_the_report_and_a_stranger_signs_in_first(posting: JobPosting) -> None:
    here = f"/jobs/{posting.id}/report"
    assert here in Client().get(f"/jobs/{posting.id}").content.decode()
    answer = Client().get(here)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/login?next={here.replace('/', '%2F')}")


def test_a_report_is_taken_and_shown_among_ones_own(client: Client, posting: JobPosting) -> None:
    answer = client.post(f"/jobs/{posting.id}/report", {"reason": "fees", "text": "要先交押金"}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [("/me/reports", 303)]
    assert "要先交押金" in page
    assert "处理中" in page


def test_what_is_missing_is_said_and_what_was_typed_stays(client: Client, posting: JobPosting) -> None:
    answer = client.post(f"/jobs/{posting.id}/report", {"reason": "", "text": "<b>押金</b>😀"})
    assert answer.status_code == 422
    assert "请选择举报原因" in answer.content.decode()
    assert "&lt;b&gt;押金&lt;/b&gt;😀" in answer.content.decode()
    assert not Report.objects.exists()


def test_who_has_reported_it_sees_that_instead_of_the_form(client: Client, posting: JobPosting) -> None:
    client.post(f"/jobs/{posting.id}/report", {"reason": "fees"})
    assert "您已举报过这个职位" in client.get(f"/jobs/{posting.id}/report").content.decode()
    assert client.post(f"/jobs/{posting.id}/report", {"reason": "filled"}).status_code == 409
    assert Report.objects.count() == 1


def test_the_answer_is_read_where_the_report_is(client: Client, posting: JobPosting) -> None:
    client.post(f"/jobs/{posting.id}/report", {"reason": "fees"})
    through = Report.objects.get().id
    auditor = organisations.operator("auditor")
    actions.decide(auditor, posting_id=posting.id, through=through, uphold=True, answer="已责令退还押金。")
    page = client.get("/me/reports").content.decode()
    assert "举报属实" in page
    assert "已责令退还押金。" in page


def test_others_reports_are_not_shown(client: Client, posting: JobPosting) -> None:
    accounts.browser(accounts.seeker()).post(f"/jobs/{posting.id}/report", {"reason": "fees"})
    assert "没有举报过职位" in client.get("/me/reports").content.decode()


def test_a_long_list_costs_no_more_queries(
    client: Client, lin: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    agency = organisations.agency()
    for _ in range(8):
        actions.report_posting(accounts.actor(lin), posting_id=jobs.posting(agency).id, reason="filled")
    with django_assert_max_num_queries(4):
        assert client.get("/me/reports").content.decode().count("已招满") == 8
