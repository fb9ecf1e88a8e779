"""An agency's page of people who show their resumes, and its pages of one of them."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.applications import actions as applying
from jiuye.domains.applications import queries as applications_of
from jiuye.domains.applications.actions.invitations import INVITED
from jiuye.domains.applications.models import InvitationToApply
from jiuye.domains.organisations.models import Qualification
from jiuye.domains.resumes.actions.blocks import block
from jiuye.domains.resumes.actions.visibility import choose_visibility
from jiuye.domains.resumes.models import ResumeAccess
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.ids import new_id
from tests.factories import applications, organisations
from tests.factories.accounts import browser
from tests.factories.cast import Cast, assemble
from tests.factories.visibility import resume_of, show, shown_seeker

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    made = assemble()
    show(made.people["lin"])
    return made


def signed_in(actor: Actor) -> Client:
    return browser(User.objects.get(pk=actor.person_id))


def one(cast: Cast) -> str:
    return f"/agency/resumes/{resume_of(cast.people['lin']).id}"


class TestTheList:
    def test_shows_the_family_name_and_what_is_wished(
        self, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = signed_in(cast.zhou)
        with django_assert_max_num_queries(12):
            page = client.get("/agency/resumes").content.decode()
        assert "林**" in page
        assert "电焊工" in page
        for secret in ("林小满", "1995", cast.people["lin"].phone, cast.people["lin"].phone[:3] + "****"):
            assert secret not in page

    def test_takes_as_many_queries_for_many_as_for_one(
        self, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(8):
            shown_seeker(f"赵{number}")
        client = signed_in(cast.zhou)
        with django_assert_max_num_queries(12):
            assert client.get("/agency/resumes").content.decode().count("**</a>") == 9

    @pytest.mark.parametrize(
        ("query", "is_found"),
        [
            ("q=焊工&region=510000&education=40&years=5&availability=now&days=7", True),
            ("q=护士", False),
            ("region=nonsense&education=zz&years=x&days=-1&availability=?&cursor=%01", True),
        ],
    )
    def test_is_filtered_by_its_address_and_leaves_out_what_makes_no_sense(
        self, cast: Cast, query: str, is_found: bool
    ) -> None:
        response = signed_in(cast.zhou).get(f"/agency/resumes?{query}")
        assert response.status_code == 200
        assert ("林**" in response.content.decode()) is is_found

    def test_is_closed_to_an_agency_that_may_not_recruit_and_says_why(self, cast: Cast) -> None:
        Qualification.objects.update(state="suspended")
        page = signed_in(cast.zhou).get("/agency/resumes").content.decode()
        assert "暂时不能查找简历" in page
        assert "林**" not in page

    @pytest.mark.parametrize("who", ["shen", "lin"])
    def test_is_not_for_readers_and_strangers(self, cast: Cast, who: str) -> None:
        client = signed_in(getattr(cast, who))
        assert client.get("/agency/resumes").status_code == 403
        assert client.post(f"{one(cast)}/open").status_code == 403
        assert client.post(f"{one(cast)}/invite", {"posting": str(cast.posting.id)}).status_code == 403
        assert not ResumeAccess.objects.exists()


class TestOne:
    def test_is_shown_in_outline_and_leaves_no_trace(
        self, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = signed_in(cast.zhou)
        with django_assert_max_num_queries(12):
            page = client.get(one(cast)).content.decode()
        assert "打开简历" in page
        assert "踏实肯干" not in page
        assert not ResumeAccess.objects.exists()

    def test_is_opened_and_logged(self, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        client = signed_in(cast.zhou)
        client.get(one(cast))
        page = client.post(f"{one(cast)}/open").content.decode()
        assert "踏实肯干" in page
        assert "联系方式已隐藏" in page
        for secret in ("林小满", cast.people["lin"].phone, "lin@example.com", "T510107880501", "1995"):
            assert secret not in page
        assert ResumeAccess.objects.get().user_id == cast.people["lin"].pk
        told = browser(cast.people["lin"]).get("/me/resume/accesses").content.decode()
        assert "查找人才" in told

    def test_that_is_hidden_is_as_one_that_does_not_exist(self, cast: Cast) -> None:
        choose_visibility(cast.lin, level="hidden")
        client = signed_in(cast.zhou)
        nowhere = f"/agency/resumes/{new_id()}"
        for address in (one(cast), nowhere):
            assert client.get(address).status_code == 404
            assert client.post(f"{address}/open").status_code == 404
            assert client.post(f"{address}/invite", {"posting": str(cast.posting.id)}).status_code == 404


class TestInviting:
    def test_sends_the_invitation_and_shows_it(self, cast: Cast) -> None:
        client = signed_in(cast.zhou)
        sent = {"posting": str(cast.posting.id), "note": "可住宿"}
        page = client.post(f"{one(cast)}/invite", sent, follow=True).content.decode()
        assert "邀请已发出" in page
        assert "已发出的邀请" in page
        assert InvitationToApply.objects.get().note == "可住宿"
        assert "已邀请" in client.get("/agency/resumes").content.decode()

    @pytest.mark.parametrize("sent", [{}, {"posting": "nonsense"}, {"posting": str(new_id())}])
    def test_without_a_posting_of_its_own_says_so_and_keeps_the_note(self, cast: Cast, sent: dict[str, str]) -> None:
        answer = signed_in(cast.zhou).post(f"{one(cast)}/invite", {"note": "可住宿", **sent})
        assert answer.status_code == 422
        assert "可住宿" in answer.content.decode()
        assert not InvitationToApply.objects.exists()

    def test_too_many_a_day_is_told_with_the_note_kept(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(vars(INVITED), "most", 0)
        sent = {"posting": str(cast.posting.id), "note": "可住宿"}
        answer = signed_in(cast.zhou).post(f"{one(cast)}/invite", sent)
        assert answer.status_code == 429
        assert answer["Retry-After"]
        assert "可住宿" in answer.content.decode()
        assert not InvitationToApply.objects.exists()


class TestAnEmployerThatIsKeptOut:
    @pytest.fixture
    def chen(self, cast: Cast) -> Actor:
        """Works for the employer of the posting, which is affiliated with the agency."""
        assert cast.posting.employer is not None
        organisations.affiliate(cast.posting.employer, cast.agency)
        return organisations.member(cast.posting.employer)

    def test_does_not_see_the_application_any_more(self, cast: Cast, chen: Actor) -> None:
        application = applications.apply(cast.lin, cast.posting)
        assert len(applications_of.employer_applications(chen).page.items) == 1
        assert applications_of.numbers_by_posting(chen, [cast.posting.id])[cast.posting.id].total == 1
        block(cast.lin, kind="employer", organisation_id=cast.posting.employer_id)
        assert not applications_of.employer_applications(chen).page.items
        assert applications_of.numbers_by_posting(chen, [cast.posting.id]) == {}
        for look in (
            lambda: applications_of.employer_application(chen, application),
            lambda: applications_of.resume_for_employer(chen, application),
            lambda: applying.open_resume_for_employer(chen, application_id=application),
        ):
            with pytest.raises(NotFound):
                look()
        assert not ResumeAccess.objects.exists()

    def test_is_not_named_as_blocked_to_the_agency(self, cast: Cast) -> None:
        application = applications.apply(cast.lin, cast.posting)
        address = f"/agency/applications/{application}"
        assert "未同意向" not in signed_in(cast.zhou).get(address).content.decode()
        block(cast.lin, kind="employer", organisation_id=cast.posting.employer_id)
        page = signed_in(cast.zhou).get(address).content.decode()
        assert "求职者未同意向“蓉江精密机械有限公司”提供简历" in page
        assert "屏蔽" not in page
        assert "它看不到这次投递" in browser(cast.people["lin"]).get(f"/me/applications/{application}").content.decode()
