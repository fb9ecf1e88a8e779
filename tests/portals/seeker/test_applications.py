"""The seeker's pages of applying and of following an application."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.applications.models import Application
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from tests.factories import applications
from tests.factories.accounts import browser, seeker
from tests.factories.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def signed_in(actor: Actor) -> Client:
    return browser(User.objects.get(pk=actor.person_id))


def test_applying_asks_a_stranger_to_sign_in_and_leads_back(cast: Cast) -> None:
    answer = Client().get(f"/jobs/{cast.posting.id}/apply")
    assert answer.headers["Location"] == f"/login?next=%2Fjobs%2F{cast.posting.id}%2Fapply"


def test_the_apply_page_names_each_recipient_within_twelve_queries(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.lin)
    with django_assert_max_num_queries(12):
        page = client.get(f"/jobs/{cast.posting.id}/apply").content.decode()
    assert cast.posting.agency.legal_name in page
    assert cast.posting.employer is not None
    assert cast.posting.employer.legal_name in page


def test_without_consent_nothing_is_sent_and_the_page_says_so(cast: Cast) -> None:
    answer = signed_in(cast.lin).post(f"/jobs/{cast.posting.id}/apply", {"key": "k1"})
    assert answer.status_code == 422
    assert "同意" in answer.content.decode()
    assert not Application.objects.exists()


def test_an_application_of_somebody_else_looks_like_none(cast: Cast) -> None:
    application = applications.apply(cast.lin, cast.posting)
    stranger = browser(seeker("别人"))
    assert stranger.get(f"/me/applications/{application}").status_code == 404
    assert stranger.get(f"/me/applications/{new_id()}").status_code == 404
    assert stranger.post(f"/me/applications/{application}/withdraw").status_code == 404
    assert Application.objects.get(pk=application).state == "submitted"


@pytest.mark.parametrize("state", ["submitted", "interview_invited", "onboarding_notified", "onboarded", "rejected"])
def test_one_application_is_shown_in_any_state_within_twelve_queries(
    cast: Cast, state: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    application = applications.in_state(cast, state)
    client = signed_in(cast.lin)
    with django_assert_max_num_queries(12):
        answer = client.get(f"/me/applications/{application}")
    assert answer.status_code == 200
    assert "投递进展" in answer.content.decode()


def test_the_list_of_applications_takes_twelve_queries_at_most(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    applications.in_state(cast, "viewed")
    client = signed_in(cast.lin)
    with django_assert_max_num_queries(12):
        page = client.get("/me/applications").content.decode()
    assert cast.posting.title in page


def test_a_click_that_comes_too_late_changes_nothing_and_says_why(cast: Cast) -> None:
    application = applications.in_state(cast, "rejected")
    answer = signed_in(cast.lin).post(f"/me/applications/{application}/withdraw", follow=True)
    assert "不能撤回" in answer.content.decode()
    assert Application.objects.get(pk=application).state == "rejected"
