"""Where agency and seeker tell different ends: the operators' list."""

from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.applications import actions
from jiuye.domains.applications.models import OnboardingNotice
from tests.factories import accounts, applications, organisations
from tests.factories.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def disputed(cast: Cast) -> UUID:
    application = applications.in_state(cast, "onboarded")
    actions.confirm_outcome(cast.lin, application_id=application, onboarded=False)
    return application


def desk(role: str = "support") -> Client:
    return accounts.browser(User.objects.get(pk=organisations.operator(role).person_id))


def test_both_sides_words_are_shown_without_the_seekers_name(
    disputed: UUID, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = desk()
    with django_assert_max_num_queries(12):
        page = client.get("/ops/outcomes").content.decode()
    assert cast.posting.title in page
    assert "已入职" in page
    assert "未入职" in page
    assert "林小满" not in page


def test_where_both_agree_there_is_nothing_to_do(cast: Cast) -> None:
    application = applications.in_state(cast, "onboarded")
    actions.confirm_outcome(cast.lin, application_id=application, onboarded=True)
    assert "没有需要核实的入职情况" in desk().get("/ops/outcomes").content.decode()


def test_a_result_takes_the_case_off_the_list_once(disputed: UUID) -> None:
    client = desk()
    assert client.post(f"/ops/outcomes/{disputed}", {"note": " "}).status_code == 422
    page = client.post(f"/ops/outcomes/{disputed}", {"note": "电话核实，本人次日已报到。"}, follow=True)
    assert "没有需要核实的入职情况" in page.content.decode()
    assert OnboardingNotice.objects.get().follow_up_note == "电话核实，本人次日已报到。"
    again = client.post(f"/ops/outcomes/{disputed}", {"note": "再来一次"}, follow=True)
    assert "已经跟进过了" in again.content.decode()


@pytest.mark.parametrize("role", ["auditor", "editor", "audit_admin"])
def test_it_is_for_those_who_answer_people(disputed: UUID, role: str) -> None:
    assert desk(role).get("/ops/outcomes").status_code == 403
    assert desk(role).post(f"/ops/outcomes/{disputed}", {"note": "x"}).status_code == 403
