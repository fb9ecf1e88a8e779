"""The door: registering an agency or an employer, and who is kept out."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import Membership, User
from jiuye.domains.organisations.models import Agency, Employer, Qualification, Shop
from jiuye.domains.qualifications.models import Case
from jiuye.kernel.models import AuditEntry
from tests.factories import accounts, organisations, qualifications, reference, sanctions
from tests.factories.typed_forms import comes_back, session_ends

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def sent(**given: str) -> dict[str, str]:
    """The form of an agency's registration, filled in."""
    return {
        "applicant": "market",
        "legal_name": "成都桥头人力资源有限公司",
        "credit_code": organisations.credit_code(),
        "region": reference.WUHOU,
        "agreement": "on",
        **given,
    }


@pytest.fixture
def user() -> User:
    reference.region(reference.WUHOU)
    return accounts.person("何经办")


@pytest.fixture
def newcomer(user: User) -> Client:
    return accounts.browser(user)


class TestTheDoor:
    def test_it_is_public_and_leads_to_all_three(self) -> None:
        answer = Client().get("/join")
        page = answer.content.decode()
        assert answer.status_code == 200
        assert all(f'href="{path}"' in page for path in ("/join/agency", "/join/employer", "/join/existing"))

    def test_every_public_page_has_it(self) -> None:
        assert Client().get("/help").content.decode().count('href="/join"') >= 2

    @pytest.mark.parametrize("portal", ["/agency", "/employer"])
    def test_somebody_without_an_organisation_is_shown_the_door(self, newcomer: Client, portal: str) -> None:
        answer = newcomer.get(portal)
        assert answer.status_code == 403
        assert 'href="/join"' in answer.content.decode()

    def test_operators_have_none(self, newcomer: Client) -> None:
        assert 'href="/join"' not in newcomer.get("/ops").content.decode().split("<main")[1].split("</main")[0]

    def test_signing_in_keeps_the_way_back(self) -> None:
        answer = Client().get("/join/agency")
        assert answer.status_code == 302
        assert answer["Location"] == "/login?next=%2Fjoin%2Fagency"

    def test_it_takes_few_queries(
        self, newcomer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(12):
            newcomer.get("/join/agency")
        with django_assert_max_num_queries(2):
            Client().get("/join")


class TestRegistering:
    def test_an_agency_begins_as_a_draft_with_its_first_owner(self, newcomer: Client, user: User) -> None:
        form = sent()
        answer = newcomer.post("/join/agency", form)
        assert (answer.status_code, answer["Location"]) == (303, "/agency/qualification")
        agency = Agency.objects.get(credit_code=form["credit_code"])
        assert (agency.kind, agency.is_listed, agency.region_id) == ("market", False, reference.WUHOU)
        assert Shop.objects.filter(pk=agency.pk).exists()
        assert Membership.objects.get(user=user).role == "owner"
        assert Qualification.objects.get(organisation_id=agency.id).state == "draft"
        case = Case.objects.get(organisation_id=agency.id)
        assert (case.applicant, case.purpose, case.items.count()) == ("market", "first", 4)
        assert AuditEntry.objects.filter(action="organisation.register", subject_id=str(agency.id)).count() == 1
        assert newcomer.get("/agency/qualification").status_code == 200

    def test_an_employer_does_too(self, newcomer: Client) -> None:
        form = sent()
        del form["applicant"]
        assert newcomer.post("/join/employer", form)["Location"] == "/employer/qualification"
        employer = Employer.objects.get(credit_code=form["credit_code"])
        assert employer.registered_at is not None
        assert not employer.is_certified

    def test_a_record_that_agencies_named_is_taken_over_as_it_is(self, newcomer: Client) -> None:
        named = organisations.employer(named_by=organisations.agency(), legal_name="甲公司")
        form = sent(credit_code=named.credit_code or "", legal_name="乙公司")
        newcomer.post("/join/employer", form)
        named.refresh_from_db()
        assert (named.legal_name, named.registered_at is not None) == ("甲公司", True)
        assert Employer.objects.filter(credit_code=named.credit_code).count() == 1

    def test_a_form_sent_twice_registers_once(self, user: User) -> None:
        client = accounts.browser(user, checks_csrf=True)
        page = client.get("/join/agency").content.decode()
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        form = sent() | {"csrfmiddlewaretoken": token}
        first, second = client.post("/join/agency", form), client.post("/join/agency", form)
        assert first["Location"] == second["Location"] == "/agency/qualification"
        assert Agency.objects.filter(credit_code=form["credit_code"]).count() == 1


def refused(client: Client, path: str, form: dict[str, Any], status: int = 422) -> str:
    """The page that refuses the form; nothing was registered, and the input is kept."""
    answer = client.post(path, form)
    assert answer.status_code == status
    page = answer.content.decode()
    assert form["legal_name"] in page
    assert not Membership.objects.filter(ended_at=None, user__name="何经办").exists()
    return page


class TestRefusals:
    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"credit_code": "91510107MA0000000X"}, "最后一位与前面对不上"),
            ({"legal_name": "甲"}, "请填写单位全称"),
            ({"region": "火星"}, "没有找到“火星”"),
            ({"agreement": ""}, "请先阅读并勾选同意"),
            ({"applicant": ""}, "请选择机构类型"),
        ],
    )
    def test_each_fault_is_said_at_its_field(self, newcomer: Client, given: dict[str, str], said: str) -> None:
        assert said in refused(newcomer, "/join/agency", sent(**given))

    @pytest.mark.parametrize(
        ("applicant", "code", "said"),
        [("public", "91510107", "一般以 11、12 或 13 开头"), ("market", "12510107", "一般以 91 开头")],
    )
    def test_a_code_of_the_other_kind_gets_a_hint(self, newcomer: Client, applicant: str, code: str, said: str) -> None:
        form = sent(applicant=applicant, credit_code=organisations.credit_code(code))
        assert said in refused(newcomer, "/join/agency", form)

    @pytest.mark.parametrize("path", ["/join/agency", "/join/employer"])
    def test_a_known_code_leads_to_its_owner(self, newcomer: Client, path: str) -> None:
        owner = qualifications.registered(user=accounts.person("甲"))
        agency = Agency.objects.get(pk=owner.organisation_id)
        page = refused(newcomer, path, sent(credit_code=agency.credit_code), 409)
        assert f"/join/existing?code={agency.credit_code}" in page
        assert agency.legal_name not in page

    def test_an_owner_may_register_the_other_side_of_the_same_code(self) -> None:
        user = accounts.person("甲")
        owner = qualifications.registered(user=user)
        code = Agency.objects.get(pk=owner.organisation_id).credit_code
        assert accounts.browser(user).post("/join/employer", sent(credit_code=code)).status_code == 303

    @pytest.mark.parametrize("by", ["code", "person"])
    def test_the_ban_list_stops_the_code_and_the_person(self, newcomer: Client, user: User, by: str) -> None:
        form = sent()
        ban = sanctions.sanction(organisations.agency(), "ban")
        listed = {"credit_code": form["credit_code"]} if by == "code" else {"person": user}
        sanctions.ban_entry(ban, **listed)  # type: ignore[arg-type]
        page = refused(newcomer, "/join/agency", form, 409)
        assert "异常名录" in page
        assert "申诉" in page


def test_what_was_typed_comes_back_after_signing_in_again(newcomer: Client, user: User) -> None:
    page = "http://testserver/join/agency"
    form = sent()
    newcomer.get("/join/agency")
    session_ends(newcomer)
    newcomer.post("/join/agency", form, headers={"Referer": page})
    comes_back(newcomer, user)
    again = newcomer.get("/join/agency").content.decode()
    assert f'value="{form["credit_code"]}"' in again
    assert f'value="{form["legal_name"]}"' in again
