"""Comparing postings, and handing one on."""

import re

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.jobs.models import JobPosting
from tests.factories import jobs, organisations
from tests.factories.public_site import assert_is_public, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def postings() -> list[JobPosting]:
    agency = organisations.agency()
    return [jobs.posting(agency, title=f"职位{name}", pay_min=5000 + 1000 * n) for n, name in enumerate("甲乙丙丁")]


def address(*postings: JobPosting) -> str:
    return f"/compare?ids={','.join(str(one.id) for one in postings)}"


def lines(page: str) -> dict[str, list[str]]:
    """The rows of the table: label with its mark → values."""
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', page, re.S)
    return {re.sub(r"<[^>]+>|\s", "", label): re.findall(r"<td>(.*?)</td>", cells, re.S) for label, cells in rows}


def test_three_stand_beside_each_other_and_what_differs_says_so(
    client: Client, postings: list[JobPosting], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(7):
        page = client.get(address(*postings[:3]))
    assert_is_public(page)
    found = lines(page.content.decode())
    assert found["劳动报酬不同"] == ["5-9K", "6-9K", "7-9K"]
    assert len(found["用工类型"]) == 3
    assert "职位对比 3/3" in text_of(page)


def test_one_can_be_taken_away(client: Client, postings: list[JobPosting]) -> None:
    page = client.get(address(*postings[:2])).content.decode()
    assert f'href="/compare?ids={postings[1].id}"' in page


def test_of_more_than_three_the_first_three_are_shown_and_it_says_so(
    client: Client, postings: list[JobPosting]
) -> None:
    page = text_of(client.get(address(*postings)))
    assert "一次最多对比 3 个职位" in page
    assert "职位丁" not in page


def test_one_that_has_closed_is_left_out_and_told(client: Client, postings: list[JobPosting]) -> None:
    JobPosting.objects.filter(pk=postings[0].pk).update(state="withdrawn")
    page = text_of(client.get(address(*postings[:2])))
    assert "有 1 个职位已停止招聘" in page
    assert "职位对比 1/3" in page


@pytest.mark.parametrize("asked", ["", "?ids=", "?ids=nonsense,,%01", "?ids=" + "a" * 5000])
def test_nothing_chosen_and_nonsense_lead_to_the_jobs(client: Client, asked: str) -> None:
    page = client.get(f"/compare{asked}")
    assert page.status_code == 200
    assert "还没有选职位" in text_of(page)


def test_the_page_of_a_posting_leads_there_and_shows_its_address(client: Client, postings: list[JobPosting]) -> None:
    page = client.get(f"/jobs/{postings[0].id}").content.decode()
    assert f'href="{address(postings[0])}"' in page
    assert f"{settings.SITE_URL}/jobs/{postings[0].id}</p>" in page
    assert f'src="/jobs/{postings[0].id}/qr.svg"' in page


def test_the_code_is_a_picture_that_caches_may_keep(client: Client, postings: list[JobPosting]) -> None:
    answer = client.get(f"/jobs/{postings[0].id}/qr.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert answer.content.startswith(b"<svg")
