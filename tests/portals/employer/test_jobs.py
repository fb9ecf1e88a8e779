"""The employer's jobs with figures and wishes, its fairs, and its first page."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.fairs.models import FairParticipation, JobFair
from jiuye.domains.jobs.models import PostingWish
from jiuye.kernel import clock
from tests.factories import accounts, applications, organisations
from tests.factories.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    cast = assemble()
    assert cast.posting.employer is not None
    organisations.affiliate(cast.posting.employer, cast.agency)
    return cast


@pytest.fixture
def client(cast: Cast) -> Client:
    assert cast.posting.employer is not None
    return accounts.browser(User.objects.get(pk=organisations.member(cast.posting.employer).person_id))


def test_the_jobs_show_their_figures(
    cast: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    applications.in_state(cast, "interview_accepted")
    with django_assert_max_num_queries(12):
        page = client.get("/employer/jobs").content.decode()
    assert cast.posting.title in page
    assert 'data-label="面试">1<' in page
    with django_assert_max_num_queries(12):
        one = client.get(f"/employer/jobs/{cast.posting.id}").content.decode()
    assert cast.agency.legal_name in one
    assert "没有" not in client.get("/employer/jobs?state=open").content.decode().partition("<tbody")[2]


def test_a_wish_goes_to_the_agency_and_its_answer_comes_back(cast: Cast, client: Client) -> None:
    path = f"/employer/jobs/{cast.posting.id}"
    assert client.post(f"{path}/wish", {"text": ""}).status_code == 422
    client.post(f"{path}/wish", {"text": "招聘人数改为 8 人"})
    wish = PostingWish.objects.get()
    zhou = accounts.browser(User.objects.get(pk=cast.zhou.person_id))
    assert "招聘人数改为 8 人" in zhou.get(f"/agency/jobs/{cast.posting.id}").content.decode()
    assert zhou.post(f"/agency/jobs/wishes/{wish.id}", {"result": "declined"}).status_code == 422
    zhou.post(f"/agency/jobs/wishes/{wish.id}", {"result": "declined", "answer": "等您确认合同"})
    assert "等您确认合同" in client.get(path).content.decode()


def test_the_first_page_shows_the_next_interviews_and_the_newest_applications(
    cast: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    applications.in_state(cast, "interview_accepted")
    with django_assert_max_num_queries(12):
        page = client.get("/employer").content.decode()
    assert all(text in page for text in ("接下来的面试", "林小满", cast.agency.legal_name, "单位主页"))


def test_fairs_are_read_with_the_booth(cast: Cast, client: Client) -> None:
    fair = JobFair.objects.create(
        agency=cast.agency,
        title="春风行动",
        state="published",
        mode="onsite",
        region_id=cast.agency.region_id,
        place="零工市场一层",
        starts_at=clock.now() + timedelta(days=2),
        ends_at=clock.now() + timedelta(days=2, hours=3),
        created_at=clock.now(),
    )
    assert "还没有参加的招聘会" in client.get("/employer/fairs").content.decode()
    FairParticipation.objects.create(fair=fair, employer_id=cast.posting.employer_id, booth="A01")
    page = client.get("/employer/fairs").content.decode()
    assert all(text in page for text in ("春风行动", "A01", "零工市场一层"))
    assert "春风行动" not in client.get("/employer/fairs?view=past").content.decode()


def test_another_employers_job_does_not_exist(cast: Cast) -> None:
    stranger = organisations.member(organisations.employer(is_certified=True))
    browser = accounts.browser(User.objects.get(pk=stranger.person_id))
    assert browser.get(f"/employer/jobs/{cast.posting.id}").status_code == 404
    assert browser.post(f"/employer/jobs/{cast.posting.id}/wish", {"text": "改"}).status_code == 404
    assert not PostingWish.objects.exists()
