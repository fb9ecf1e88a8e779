"""The same job through several agencies: same employer, place and title as it reads."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.jobs import queries
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Shop
from tests.factories import jobs, organisations, reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def posting() -> JobPosting:
    return jobs.posting(title="数控车床操作工")


def also(posting: JobPosting, **changes: Any) -> JobPosting:
    """The job at another agency."""
    return jobs.posting(organisations.agency(), **{"employer": posting.employer, "title": posting.title, **changes})


def found(posting: JobPosting) -> list[Any]:
    return queries.siblings(posting.id, posting.employer_id, posting.region_id or "", posting.title)


@pytest.mark.parametrize("title", ["数控车床操作工", " 數控車床 操作工", "数控车床操作工　"])
def test_titles_that_read_alike_are_the_same_job(posting: JobPosting, title: str) -> None:
    other = also(posting, title=title)
    assert found(posting) == [other.id]


def test_another_title_place_or_employer_is_another_job(posting: JobPosting) -> None:
    also(posting, title="数控铣床操作工")
    also(posting, region=reference.region(reference.NANSHAN))
    also(posting, employer=organisations.employer())
    assert found(posting) == []


@pytest.mark.parametrize("state", ["withdrawn", "expired", "banned", "draft"])
def test_what_is_not_open_is_no_source(posting: JobPosting, state: str) -> None:
    also(posting, state=state)
    assert found(posting) == []


def test_sources_say_who_answers_most_first_in_two_queries(
    posting: JobPosting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    slow, quick = also(posting), also(posting)
    Shop.objects.filter(agency=slow.agency).update(answered_within_7_days=0.4)
    Shop.objects.filter(agency=quick.agency).update(answered_within_7_days=0.9)
    with django_assert_num_queries(2):
        sources = queries.sources([slow.id, quick.id])
    assert [(one.posting_id, one.answered_within_7_days) for one in sources] == [(quick.id, 0.9), (slow.id, 0.4)]


def test_of_no_posting_there_is_no_source_and_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert queries.sources([]) == []
