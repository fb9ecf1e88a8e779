"""In the demonstration an agency of a city mostly posts jobs of employers there, and affiliations are in every state."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from jiuye.domains.applications.models import EmployerOpinion
from jiuye.domains.fairs.models import FairParticipation
from jiuye.domains.jobs.models import JobPosting, PostingWish
from jiuye.domains.organisations.models import Affiliation, Employer
from jiuye.domains.organisations.states import AffiliationState
from tests.factories import databases


@pytest.fixture(scope="module", autouse=True)
def demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), databases.demonstration_copied():
        yield


def city(code: str | None) -> str:
    return (code or "")[:4]


def test_most_work_is_in_the_city_of_the_agency_and_of_the_employer() -> None:
    rows = JobPosting.objects.values_list("region_id", "agency__region_id", "employer__region_id")
    places = list(rows)
    in_agencys_city = sum(city(region) == city(agency) for region, agency, _ in places) / len(places)
    in_employers_city = sum(city(region) == city(employer) for region, _, employer in places) / len(places)
    assert in_agencys_city > 0.6
    assert in_employers_city > 0.7


def test_no_office_job_stands_at_a_fair_for_veterans_or_gigs() -> None:
    offices = FairParticipation.objects.filter(
        fair__title__regex="退役军人|零工|制造业", employer__industry_id__in=["64", "65"]
    )
    assert not offices.exists()


def test_affiliations_are_in_every_state_with_opinions_and_a_wish() -> None:
    assert set(Affiliation.objects.values_list("state", flat=True)) == set(map(str, AffiliationState))
    assert EmployerOpinion.objects.exists()
    assert PostingWish.objects.filter(state="open").exists()


def test_one_employer_was_named_before_it_registered() -> None:
    asked = Affiliation.objects.filter(state="requested", employer__registered_at__isnull=False)
    names = asked.values_list("employer__legal_name", "agency_id")
    named = [
        Employer.objects.filter(legal_name=name, named_by_id=agency, credit_code=None).first() for name, agency in names
    ]
    (twin,) = [one for one in named if one]
    assert JobPosting.objects.filter(employer=twin).exists()
