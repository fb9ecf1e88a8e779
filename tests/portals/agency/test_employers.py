"""An agency answers employers that ask for an affiliation, and ends one."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Affiliation, Agency, Employer
from tests.factories import accounts, jobs, organisations

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return organisations.agency()


@pytest.fixture
def employer() -> Employer:
    return organisations.employer(legal_name="蓉江精密机械有限公司")


@pytest.fixture
def asked(employer: Employer, agency: Agency) -> Affiliation:
    return organisations.affiliate(employer, agency, "requested")


def browser(agency: Agency, role: str = "recruiter") -> Client:
    return accounts.browser(User.objects.get(pk=organisations.member(agency, role=role).person_id))


def test_requests_are_counted_in_the_rail_and_listed(
    agency: Agency, asked: Affiliation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        organisations.affiliate(organisations.employer(), agency, "requested")
    client = browser(agency)
    with django_assert_max_num_queries(12):
        page = client.get("/agency/employers").content.decode()
    assert "蓉江精密机械有限公司" in page
    assert page.count("待职介确认") == 6


def test_the_request_is_read_beside_who_asks_and_what_is_carried_already(
    agency: Agency, employer: Employer, asked: Affiliation
) -> None:
    jobs.posting(agency, employer=employer)
    named = organisations.employer(named_by=agency, legal_name=employer.legal_name, credit_code=None)
    jobs.posting(agency, employer=named)
    jobs.posting(agency, employer=named)
    page = browser(agency).get(f"/agency/employers/{asked.id}").content.decode()
    assert all(text in page for text in ("电焊工 5 人", "两班倒，包午餐", employer.credit_code or "", "企业已核验"))
    assert "已有 <b>1</b> 个职位" in page
    assert "名下有 <b>2</b> 个职位" in page


def test_agreeing_and_then_ending(agency: Agency, asked: Affiliation) -> None:
    client = browser(agency)
    client.post(f"/agency/employers/{asked.id}/approve")
    asked.refresh_from_db()
    assert asked.state == "approved"
    client.post(f"/agency/employers/{asked.id}/end", {"reason": "合同到期"})
    asked.refresh_from_db()
    assert (asked.state, asked.ended_by) == ("ended", "agency")


def test_refusing_needs_a_reason_and_keeps_what_was_typed(agency: Agency, asked: Affiliation) -> None:
    client = browser(agency)
    answer = client.post(f"/agency/employers/{asked.id}/refuse", {"reason": "字" * 301})
    assert answer.status_code == 422
    assert "字" * 300 in answer.content.decode()
    client.post(f"/agency/employers/{asked.id}/refuse", {"reason": "近期任务已满"})
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == ("refused", "近期任务已满")


def test_a_stale_page_is_told_what_happened(agency: Agency, asked: Affiliation) -> None:
    client = browser(agency)
    client.post(f"/agency/employers/{asked.id}/refuse", {"reason": "近期任务已满"})
    page = client.post(f"/agency/employers/{asked.id}/approve", follow=True).content.decode()
    assert "当前状态是“未同意”" in page


def test_readers_read_and_others_find_nothing(agency: Agency, asked: Affiliation) -> None:
    reader = browser(agency, "viewer")
    assert "您是只读成员" in reader.get(f"/agency/employers/{asked.id}").content.decode()
    assert reader.post(f"/agency/employers/{asked.id}/approve").status_code == 403
    stranger = browser(organisations.agency())
    assert stranger.get(f"/agency/employers/{asked.id}").status_code == 404
    assert stranger.post(f"/agency/employers/{asked.id}/approve").status_code == 404
    asked.refresh_from_db()
    assert asked.state == "requested"
