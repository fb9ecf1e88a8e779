"""The public page of a certified employer."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import jobs, organisations

pytestmark = pytest.mark.django_db


def test_it_shows_facts_jobs_and_the_agencies_that_recruit_for_it(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    employer, agency = organisations.employer(), organisations.agency()
    organisations.affiliate(employer, agency)
    asked = organisations.agency()
    organisations.affiliate(employer, asked, "requested")
    for number in range(3):
        jobs.posting(agency, employer=employer, title=f"电焊工{number}")
    jobs.draft(agency, employer=employer, title="还没公开的")
    jobs.posting(agency, title="别家的车工")
    with django_assert_num_queries(4):
        page = Client().get(f"/companies/{employer.id}").content.decode()
    assert all(
        text in page for text in (employer.legal_name, employer.credit_code or "", "企业已核验", agency.legal_name)
    )
    assert "电焊工2" in page
    assert not any(text in page for text in ("还没公开的", "别家的车工", asked.legal_name))


def test_the_job_leads_to_it_only_when_it_is_certified() -> None:
    certified, named = organisations.employer(is_certified=True), organisations.employer()
    for employer, shows in ((certified, True), (named, False)):
        posting = jobs.posting(employer=employer)
        page = Client().get(f"/jobs/{posting.id}").content.decode()
        assert (f"/companies/{employer.id}" in page) == shows
        assert ("平台未核验" in page) != shows


@pytest.mark.parametrize(
    "given",
    [
        {"is_certified": False},
        {"is_certified": True, "restriction": "banned"},
        {"is_certified": True, "restriction": "suspended"},
    ],
)
def test_others_have_none(given: dict[str, object]) -> None:
    employer = organisations.employer(**given)
    answer = Client().get(f"/companies/{employer.id}")
    assert answer.status_code == 404
    assert employer.legal_name not in answer.content.decode()
