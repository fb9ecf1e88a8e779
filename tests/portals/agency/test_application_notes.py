"""Notes among an agency's members on the page of an application."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.applications import actions
from jiuye.domains.applications.models import ApplicationNote
from jiuye.kernel.actor import Actor
from tests.factories import applications
from tests.factories.accounts import browser
from tests.factories.cast import Cast, assemble

pytestmark = pytest.mark.django_db
TEXT = "下周一再联系，用人部门很感兴趣。"


@pytest.fixture
def cast() -> Cast:
    return assemble()


def signed_in(actor: Actor) -> Client:
    return browser(User.objects.get(pk=actor.person_id))


def test_a_note_is_for_the_agencys_members_only(cast: Cast) -> None:
    application = applications.in_state(cast, "viewed")
    page = f"/agency/applications/{application}"
    assert TEXT in signed_in(cast.zhou).post(f"{page}/notes", {"text": TEXT}, follow=True).content.decode()
    for colleague in (cast.qian, cast.shen):
        assert TEXT in signed_in(colleague).get(page).content.decode()
    assert TEXT not in signed_in(cast.lin).get(f"/me/applications/{application}").content.decode()
    assert signed_in(cast.ma).post(f"{page}/notes", {"text": TEXT}).status_code == 404


def test_a_note_is_deleted_by_its_author_only(cast: Cast) -> None:
    application = applications.in_state(cast, "viewed")
    note = actions.add_note(cast.zhou, application_id=application, text=TEXT)
    delete = f"/agency/applications/{application}/notes/{note}/delete"
    assert delete not in signed_in(cast.qian).get(f"/agency/applications/{application}").content.decode()
    assert signed_in(cast.qian).post(delete).status_code == 404
    assert signed_in(cast.shen).post(delete).status_code == 403
    assert signed_in(cast.zhou).post(delete, follow=True).status_code == 200
    assert not ApplicationNote.objects.exists()


@pytest.mark.parametrize("text", ["", "长" * 501])
def test_a_note_that_is_empty_or_too_long_is_kept_in_the_form(cast: Cast, text: str) -> None:
    application = applications.in_state(cast, "viewed")
    answer = signed_in(cast.zhou).post(f"/agency/applications/{application}/notes", {"text": text})
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert not ApplicationNote.objects.exists()


def test_notes_are_hidden_after_the_applicant_withdrew(cast: Cast) -> None:
    application = applications.in_state(cast, "viewed")
    actions.add_note(cast.zhou, application_id=application, text=TEXT)
    actions.withdraw(cast.lin, application_id=application)
    page = signed_in(cast.zhou).get(f"/agency/applications/{application}").content.decode()
    assert TEXT not in page
    assert "内部备注" not in page


def test_the_page_costs_the_same_with_many_notes(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    application = applications.in_state(cast, "interview_accepted")
    for number in range(5):
        actions.add_note(cast.zhou, application_id=application, text=f"第 {number} 条")
    client = signed_in(cast.zhou)
    with django_assert_max_num_queries(12):
        client.get(f"/agency/applications/{application}")


def test_the_page_says_whether_the_employer_sees_the_application(cast: Cast) -> None:
    application = applications.in_state(cast, "viewed")
    page = signed_in(cast.zhou).get(f"/agency/applications/{application}").content.decode()
    assert "企业还看不到这份投递" in page
