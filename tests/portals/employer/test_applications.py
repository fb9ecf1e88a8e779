"""An employer reads the applications to its own jobs: through agencies it works with, without contacts, every look logged."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.applications.models import Application
from jiuye.domains.organisations.models import Affiliation, Employer
from jiuye.domains.resumes.models import ResumeAccess
from tests.factories import accounts, applications, organisations
from tests.factories.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """The posting's employer works with the agency."""
    cast = assemble()
    assert cast.posting.employer is not None
    organisations.affiliate(cast.posting.employer, cast.agency)
    return cast


@pytest.fixture
def client(cast: Cast) -> Client:
    assert cast.posting.employer is not None
    return accounts.browser(User.objects.get(pk=organisations.member(cast.posting.employer).person_id))


def test_the_list_shows_who_applied_for_what_and_how_it_stands(
    cast: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    applications.in_state(cast, "viewed")
    with django_assert_max_num_queries(12):
        page = client.get("/employer/applications").content.decode()
    assert all(text in page for text in ("林小满", cast.posting.title, "已查看"))


def test_a_look_at_the_resume_is_logged_and_shows_checks_but_no_contacts(cast: Cast, client: Client) -> None:
    application = applications.in_state(cast, "submitted")
    page = client.post(f"/employer/applications/{application}/resume").content.decode()
    assert "蓉江机械制造有限公司" in page
    assert "未核验" in page
    assert cast.people["lin"].phone not in page
    look = ResumeAccess.objects.get()
    assert (look.organisation_name, look.kind, look.application_id) == ("蓉江精密机械有限公司", "view", application)
    assert Application.objects.get(pk=application).state == "submitted"


def test_looking_at_the_application_does_not_open_the_resume(cast: Cast, client: Client) -> None:
    application = applications.in_state(cast, "viewed")
    before = ResumeAccess.objects.count()
    page = client.get(f"/employer/applications/{application}").content.decode()
    assert "打开简历" in page
    assert "蓉江机械制造有限公司" not in page
    assert ResumeAccess.objects.count() == before


def test_after_a_withdrawal_the_resume_stays_closed(cast: Cast, client: Client) -> None:
    application = applications.in_state(cast, "withdrawn")
    page = client.post(f"/employer/applications/{application}/resume", follow=True).content.decode()
    assert "已撤回" in page
    assert not ResumeAccess.objects.filter(organisation_name="蓉江精密机械有限公司").exists()


@pytest.mark.parametrize("state", ["requested", "refused", "withdrawn", "ended"])
def test_without_an_approved_affiliation_there_is_nothing_to_see(cast: Cast, client: Client, state: str) -> None:
    application = applications.in_state(cast, "viewed")
    Affiliation.objects.update(state=state, reason="近期任务已满")
    before = ResumeAccess.objects.count()
    assert "林小满" not in client.get("/employer/applications").content.decode()
    assert client.get(f"/employer/applications/{application}").status_code == 404
    assert client.post(f"/employer/applications/{application}/resume").status_code == 404
    assert ResumeAccess.objects.count() == before


@pytest.mark.parametrize("change", [{"is_certified": False}, {"restriction": "suspended"}, {"restriction": "banned"}])
def test_without_standing_there_is_nothing_to_see(cast: Cast, client: Client, change: dict[str, Any]) -> None:
    application = applications.in_state(cast, "viewed")
    Employer.objects.filter(pk=cast.posting.employer_id).update(**change)
    assert "林小满" not in client.get("/employer/applications").content.decode()
    assert client.get(f"/employer/applications/{application}").status_code == 404


def test_another_employers_applications_do_not_exist(cast: Cast) -> None:
    application = applications.in_state(cast, "viewed")
    stranger = User.objects.get(pk=organisations.member(organisations.employer()).person_id)
    assert accounts.browser(stranger).get(f"/employer/applications/{application}").status_code == 404


def test_seekers_and_agencies_are_kept_out(cast: Cast) -> None:
    assert Client().get("/employer/applications").status_code == 302
    zhou = User.objects.get(pk=cast.zhou.person_id)
    for person in (accounts.seeker(), zhou):
        assert accounts.browser(person).get("/employer/applications").status_code == 403
