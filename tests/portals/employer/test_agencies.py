"""An employer finds agencies, asks one, follows the answer, and ends the affiliation."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Affiliation, Agency, Employer, Shop
from tests.factories import accounts, organisations

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer() -> Employer:
    return organisations.employer(is_certified=True)


@pytest.fixture
def agency() -> Agency:
    return organisations.agency(legal_name="成都蓉江人力资源有限公司")


def browser(employer: Employer, role: str = "recruiter") -> Client:
    return accounts.browser(User.objects.get(pk=organisations.member(employer, role=role).person_id))


def test_the_list_shows_every_state_with_its_reason(
    employer: Employer, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for state in ("requested", "approved", "refused", "withdrawn", "ended"):
        organisations.affiliate(employer, organisations.agency(), state)
    client = browser(employer)
    with django_assert_max_num_queries(12):
        page = client.get("/employer/agencies").content.decode()
    assert all(label in page for label in ("待职介确认", "已关联", "未同意", "已撤回", "已解除", "近期任务已满"))
    assert "已解除" not in client.get("/employer/agencies?group=open").content.decode().split("<tbody")[1]


def test_agencies_are_found_by_name_region_service_and_answer_rate(employer: Employer, agency: Agency) -> None:
    other = organisations.agency(legal_name="重庆山城人力资源有限公司")
    Shop.objects.filter(pk=agency.pk).update(services=["招聘会"], answered_within_7_days=0.97)
    Shop.objects.filter(pk=other.pk).update(services=["劳务派遣"], answered_within_7_days=0.6)
    client = browser(employer)
    for query in ("q=蓉江", "service=招聘会", "answered=95"):
        page = client.get(f"/employer/agencies/find?{query}").content.decode()
        assert agency.legal_name in page
        assert other.legal_name not in page
    assert "没有符合条件的职介" in client.get("/employer/agencies/find?q=没有").content.decode()


@pytest.mark.parametrize("number", [1, 9])
def test_finding_costs_the_same_for_many(
    employer: Employer, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        organisations.affiliate(employer, organisations.agency())
    client = browser(employer)
    with django_assert_max_num_queries(11):
        client.get("/employer/agencies/find")


def test_asking_says_the_jobs_and_leads_to_the_list(employer: Employer, agency: Agency) -> None:
    client = browser(employer)
    answer = client.post(f"/employer/agencies/find/{agency.id}", {"jobs_meant": "电焊工 5 人", "note": "包午餐"})
    assert answer.headers["Location"] == "/employer/agencies"
    assert Affiliation.objects.get().state == "requested"
    refused = client.post(f"/employer/agencies/find/{agency.id}", {"jobs_meant": "质检员 2 人", "note": "再说一次"})
    assert refused.status_code == 422
    assert "已经向这家职介申请过" in refused.content.decode()
    assert "再说一次" in refused.content.decode()


def test_what_is_missing_is_said_and_what_was_typed_stays(employer: Employer, agency: Agency) -> None:
    answer = browser(employer).post(f"/employer/agencies/find/{agency.id}", {"jobs_meant": "", "note": "包午餐"})
    assert answer.status_code == 422
    assert "请写明想招的职位和人数" in answer.content.decode()
    assert "包午餐" in answer.content.decode()


def test_an_uncertified_employer_is_told_what_to_do_first(agency: Agency) -> None:
    client = browser(organisations.employer())
    page = client.get(f"/employer/agencies/find/{agency.id}").content.decode()
    assert "三项认证" in page
    assert "<textarea" not in page
    assert "三项认证" in client.get("/employer/agencies").content.decode()


def test_a_request_is_withdrawn_and_an_affiliation_ended_with_a_reason(employer: Employer, agency: Agency) -> None:
    client = browser(employer)
    asked = organisations.affiliate(employer, agency, "requested")
    client.post(f"/employer/agencies/{asked.id}/withdraw")
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    open_one = organisations.affiliate(employer, agency)
    assert client.post(f"/employer/agencies/{open_one.id}/end", {"reason": ""}).status_code == 422
    client.post(f"/employer/agencies/{open_one.id}/end", {"reason": "合同到期"})
    open_one.refresh_from_db()
    assert (open_one.state, open_one.ended_by) == ("ended", "employer")
    assert "合同到期" in client.get(f"/employer/agencies/{open_one.id}").content.decode()


def test_readers_see_and_change_nothing(employer: Employer, agency: Agency) -> None:
    one = organisations.affiliate(employer, agency)
    client = browser(employer, "viewer")
    page = client.get(f"/employer/agencies/{one.id}").content.decode()
    assert agency.legal_name in page
    assert "解除关联</" not in page
    assert client.post(f"/employer/agencies/{one.id}/end", {"reason": "合同到期"}).status_code == 403
    assert client.get(f"/employer/agencies/find/{agency.id}").status_code == 403


def test_of_another_employer_there_is_nothing(employer: Employer, agency: Agency) -> None:
    one = organisations.affiliate(employer, agency)
    client = browser(organisations.employer(is_certified=True))
    assert client.get(f"/employer/agencies/{one.id}").status_code == 404
    assert client.post(f"/employer/agencies/{one.id}/end", {"reason": "合同到期"}).status_code == 404
    assert agency.legal_name not in client.get("/employer/agencies").content.decode()
    one.refresh_from_db()
    assert one.state == "approved"
