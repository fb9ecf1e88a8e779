"""The agency's own pages say when its open postings are not shown to seekers, or until when they still are."""

from datetime import timedelta

import pytest
from django.test import Client

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Agency, Qualification
from jiuye.kernel import clock
from tests.factories import accounts, jobs, organisations

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return organisations.agency()


@pytest.fixture
def recruiter(agency: Agency) -> Client:
    return accounts.browser(User.objects.get(pk=organisations.member(agency).person))


def said(recruiter: Client, posting_id: object) -> list[str]:
    """The list and the posting's page."""
    return [recruiter.get(path).content.decode() for path in ("/agency/jobs", f"/agency/jobs/{posting_id}")]


def expire(agency: Agency, days: int) -> None:
    Qualification.objects.filter(organisation_id=agency.pk).update(expires_on=clock.today() - timedelta(days=days))


def test_after_the_qualification_expired_they_are_shown_for_seven_more_days(agency: Agency, recruiter: Client) -> None:
    posting = jobs.posting(agency)
    expire(agency, 1)
    last = clock.today() + timedelta(days=6)
    for page in said(recruiter, posting.pk):
        assert f"资质到期，{last.month} 月 {last.day} 日（含）后不再展示" in page
    expire(agency, 8)
    for page in said(recruiter, posting.pk):
        assert "资质到期，已不展示" in page


def test_during_a_sanction_each_open_posting_says_so(agency: Agency, recruiter: Client) -> None:
    posting = jobs.posting(agency)
    jobs.draft(agency)
    Agency.objects.update(restriction="taken_down", is_listed=False)
    for page in said(recruiter, posting.pk):
        assert page.count("处置期间（职位下架）不展示") == 1


def test_a_sanctioned_employers_postings_are_marked_and_no_others(agency: Agency, recruiter: Client) -> None:
    hidden = jobs.posting(agency, employer=organisations.employer(restriction="taken_down"))
    jobs.posting(agency)
    for page in said(recruiter, hidden.pk):
        assert page.count("用人单位正在接受处置，暂不展示") == 1


def test_postings_that_are_shown_say_nothing(agency: Agency, recruiter: Client) -> None:
    posting = jobs.posting(agency)
    for page in said(recruiter, posting.pk):
        assert "不展示" not in page
