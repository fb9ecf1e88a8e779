"""One job through several agencies, as seekers meet it: one card, its sources, a question before applying twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.domains.accounts.models import User
from jiuye.domains.applications.models import Application
from jiuye.domains.jobs.models import JobPosting
from tests.factories import applications, jobs, organisations, resumes
from tests.factories.accounts import actor, browser, seeker
from tests.factories.public_site import index_all, text_of, wired_engine

pytestmark = pytest.mark.django_db


@pytest.fixture
def postings() -> list[JobPosting]:
    """A job through three agencies."""
    first = jobs.posting(organisations.agency(legal_name="甲职介有限公司"), title="氩弧焊工")
    rest = [
        jobs.posting(organisations.agency(legal_name=name), title="氩弧焊工", employer=first.employer, pay_min=pay)
        for name, pay in (("乙职介有限公司", 5000), ("丙职介有限公司", 5500))
    ]
    return [first, *rest]


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TantivyEngine]:
    with wired_engine(tmp_path, monkeypatch) as own:
        yield own


def test_the_list_shows_one_card_that_says_through_how_many(
    client: Client, engine: TantivyEngine, postings: list[JobPosting], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    index_all()
    with django_assert_num_queries(0):
        page = client.get("/jobs", {"q": "焊工"})
    assert page.content.decode().count('class="job-card"') == 1
    assert "经 3 家职介发布" in text_of(page)


def test_two_postings_of_one_agency_are_not_said_to_be_two_agencies(client: Client, engine: TantivyEngine) -> None:
    first = jobs.posting(title="氩弧焊工")
    jobs.posting(first.agency, title="氩弧焊工", employer=first.employer)
    index_all()
    page = client.get("/jobs", {"q": "焊工"})
    assert page.content.decode().count('class="job-card"') == 1
    assert "家职介发布" not in text_of(page)


def test_each_posting_names_the_others(
    client: Client, postings: list[JobPosting], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(6):
        page = client.get(f"/jobs/{postings[0].id}").content.decode()
    assert "这个职位还有 2 处发布" in page
    assert "乙职介有限公司" in page
    assert f'href="/jobs/{postings[2].id}"' in page


def test_a_job_of_one_agency_says_nothing_of_sources(client: Client) -> None:
    assert "处发布" not in client.get(f"/jobs/{jobs.posting().id}").content.decode()


class TestApplyingTwice:
    @pytest.fixture
    def lin(self, postings: list[JobPosting]) -> User:
        """She has applied through the first agency."""
        lin = seeker()
        resumes.whole_resume(lin)
        applications.apply(actor(lin), postings[0])
        return lin

    def test_through_another_agency_it_is_asked_first(self, lin: User, postings: list[JobPosting]) -> None:
        page = browser(lin).get(f"/jobs/{postings[1].id}/apply").content.decode()
        assert "这个职位您已投递过" in page
        assert "甲职介有限公司" in page
        assert str(Application.objects.get().id) in page
        assert "确认投递" not in page

    def test_who_wants_it_may_all_the_same(self, lin: User, postings: list[JobPosting]) -> None:
        page = browser(lin).get(f"/jobs/{postings[1].id}/apply?again=1").content.decode()
        assert "确认投递" in page
        applications.apply(actor(lin), postings[1])
        assert Application.objects.count() == 2

    def test_after_the_first_has_ended_nothing_is_asked(self, lin: User, postings: list[JobPosting]) -> None:
        Application.objects.update(state="withdrawn", respond_by=None)
        assert "确认投递" in browser(lin).get(f"/jobs/{postings[1].id}/apply").content.decode()

    def test_another_job_of_that_employer_is_no_repetition(self, lin: User, postings: list[JobPosting]) -> None:
        other = jobs.posting(postings[1].agency, employer=postings[0].employer, title="钳工")
        assert "确认投递" in browser(lin).get(f"/jobs/{other.id}/apply").content.decode()

    def test_somebody_else_is_not_asked(self, lin: User, postings: list[JobPosting]) -> None:
        wu = seeker("吴来宾")
        resumes.whole_resume(wu)
        assert "确认投递" in browser(wu).get(f"/jobs/{postings[1].id}/apply").content.decode()
