"""An employer's three certifications: real name, enterprise, employment."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.qualifications.models import Case, Item
from jiuye.domains.verification.models import VerificationCase
from jiuye.kernel.actor import Actor
from tests.factories import accounts, qualifications

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

HERE = "/employer/qualification"
EMPLOYMENT = f"{HERE}/employment"


def browser(actor: Actor) -> Client:
    return accounts.browser(User.objects.get(pk=actor.person_id))


@pytest.fixture
def owner() -> Actor:
    return qualifications.registered("employer")


class TestEmployment:
    def test_nothing_is_asked_without_consent(self, owner: Actor) -> None:
        qualifications.real_name(owner.person)
        answer = browser(owner).post(f"{EMPLOYMENT}/prove", {"way": "insurance"})
        assert answer.status_code == 422
        assert "请先阅读并勾选同意" in answer.content.decode()
        assert VerificationCase.objects.count() == 0

    def test_a_real_name_comes_first(self, owner: Actor) -> None:
        answer = browser(owner).post(f"{EMPLOYMENT}/prove", {"way": "insurance", "consent": "1"})
        assert answer.status_code == 409
        assert "先完成实名" in answer.content.decode()

    def test_with_consent_the_records_are_asked_and_no_file_is_needed(self, owner: Actor) -> None:
        qualifications.real_name(owner.person)
        client = browser(owner)
        client.post(EMPLOYMENT, {"way": "insurance", "position": "招聘主管"})
        assert client.post(f"{EMPLOYMENT}/prove", {"way": "insurance", "consent": "1"}).status_code == 303
        assert VerificationCase.objects.get().kind == "employed"
        assert Item.objects.get(kind="employment").is_complete
        assert "参保记录：核验中" in client.get(EMPLOYMENT).content.decode()
        VerificationCase.objects.update(
            state="no_record", answered_at=VerificationCase.objects.get().asked_at, person=""
        )
        page = client.get(EMPLOYMENT).content.decode()
        assert "参保记录：未查到记录" in page
        assert "同意并查询" in page
        assert "请同意查询参保记录，或改用盖章的在职证明" in client.get(HERE).content.decode()

    def test_a_sealed_letter_does_as_well(self, owner: Actor) -> None:
        qualifications.material(Item.objects.get(kind="employment"))
        answer = browser(owner).post(EMPLOYMENT, {"way": "letter", "position": "招聘主管"})
        assert answer.status_code == 303
        assert Item.objects.get(kind="employment").is_complete


class TestQueries:
    @pytest.mark.parametrize("state", ["submitted", "returned", "approved"])
    @pytest.mark.parametrize("applicant", ["market", "employer"])
    def test_the_overview_takes_few_in_every_state(
        self, state: str, applicant: str, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        case: Case = getattr(qualifications, state)(applicant)
        owner = qualifications.owner_of(case)
        client = browser(owner)
        with django_assert_max_num_queries(12):
            assert client.get(f"/{owner.organisation_kind}/qualification").status_code == 200

    def test_items_take_few_too(self, owner: Actor, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        qualifications.real_name(owner.person)
        client = browser(owner)
        client.post(f"{EMPLOYMENT}/prove", {"way": "insurance", "consent": "1"})
        with django_assert_max_num_queries(12):
            assert client.get(EMPLOYMENT).status_code == 200


def test_an_approved_employer_enters_its_portal() -> None:
    owner = qualifications.owner_of(qualifications.approved("employer"))
    assert browser(owner).get("/employer").status_code == 200
