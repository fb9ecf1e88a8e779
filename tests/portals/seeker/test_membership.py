"""Becoming a member: the link of an invitation, and asking by credit code."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import Membership
from jiuye.domains.organisations import actions
from jiuye.domains.organisations.models import MemberInvitation, MembershipRequest
from jiuye.kernel import clock
from tests.factories import accounts, organisations
from tests.factories.members import TeamOf, link_to, team
from tests.portals.seeker.security.reading import come_in

pytestmark = pytest.mark.django_db
PHONE, OTHER = "13900000201", "13900000202"


@pytest.fixture
def ours() -> TeamOf:
    return team(legal_name="甲公司")


@pytest.fixture
def link(ours: TeamOf) -> str:
    actions.invite_member(ours.qian, phone=PHONE, role="recruiter")
    return link_to(PHONE)


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def members() -> list[str]:
    """The phones of the current members who joined by the link."""
    rows = Membership.objects.filter(ended_at=None, user__phone_index__isnull=False).select_related("user")
    return [row.user.phone for row in rows if row.user.phone in (PHONE, OTHER)]


class TestTheLink:
    def test_it_says_who_invites_as_what_and_for_whom(self, link: str) -> None:
        shown = page(Client(), link)
        assert all(text in shown for text in ("甲公司", "招聘专员", "139****0201", "登录并继续", "钱**"))
        assert PHONE not in shown

    def test_a_new_phone_registers_by_its_code_and_comes_back(self, link: str) -> None:
        client = Client()
        answer = come_in(client, PHONE, target=link)
        assert answer.headers["Location"] == link
        assert "接受邀请" in page(client, link)
        accepted = client.post(f"{link}/accept", {"name": "赵新人"})
        assert (accepted.status_code, accepted.headers["Location"]) == (303, "/agency")
        assert "您已加入甲公司" in page(client, "/agency")
        assert members() == [PHONE]

    def test_opened_where_another_person_is_signed_in_it_is_not_used_up(self, link: str) -> None:
        """Trap 1.2."""
        client = accounts.browser(accounts.person("钱他人", OTHER))
        shown = page(client, link)
        assert "139****0201" in shown
        assert "换账号登录" in shown
        assert "接受邀请，加入机构" not in shown
        refused = client.post(f"{link}/accept", follow=True)
        assert "另一个手机号" in refused.content.decode()
        assert members() == []
        assert MemberInvitation.objects.get().state == "sent"
        changed = client.post(f"{link}/change-account")
        assert changed.headers["Location"].startswith("/login?next=%2Fjoin%2Finvitations%2F")
        assert client.get("/me").status_code == 302
        come_in(client, PHONE, target=link)
        client.post(f"{link}/accept", {"name": "赵新人"})
        assert members() == [PHONE]

    def test_looking_at_it_uses_nothing_up(self, link: str) -> None:
        client = accounts.browser(accounts.person("赵新人", PHONE))
        for _ in range(2):
            client.get(link)
        assert MemberInvitation.objects.get().state == "sent"
        assert members() == []

    def test_who_is_not_signed_in_cannot_accept(self, link: str) -> None:
        answer = Client().post(f"{link}/accept")
        assert answer.headers["Location"].startswith("/login")
        assert members() == []

    def test_without_a_name_it_asks_for_one(self, link: str) -> None:
        client = accounts.browser(accounts.person("", PHONE))
        assert client.post(f"{link}/accept", {"name": ""}).status_code == 422
        assert members() == []

    def test_a_cancelled_one_says_so(self, ours: TeamOf, link: str) -> None:
        actions.cancel_invitation(ours.qian, invitation_id=MemberInvitation.objects.get().id)
        assert "取消了这份邀请" in page(Client(), link)

    def test_one_that_is_over_says_what_to_do(self, link: str) -> None:
        with clock.frozen(clock.now() + timedelta(days=8)):
            assert "重发" in page(Client(), link)

    def test_a_used_one_says_so_and_leads_its_member_on(self, link: str) -> None:
        client = accounts.browser(accounts.person("赵新人", PHONE))
        client.post(f"{link}/accept")
        assert "进入工作台" in page(client, link)
        assert "已经用过" in page(Client(), link)

    def test_a_broken_one_says_what_to_do(self) -> None:
        answer = Client().get("/join/invitations/abc.def")
        assert answer.status_code == 404
        assert "重新邀请" in answer.content.decode()

    def test_an_employers_member_comes_to_the_employers_portal(self) -> None:
        theirs = team("employer", legal_name="乙公司")
        actions.invite_member(theirs.qian, phone=PHONE, role="viewer")
        client = accounts.browser(accounts.person("赵新人", PHONE))
        assert client.post(f"{link_to(PHONE)}/accept").headers["Location"] == "/employer"


class TestAsking:
    @pytest.fixture
    def client(self) -> Client:
        return accounts.browser(accounts.person("赵新人"))

    def test_who_is_not_signed_in_signs_in_first(self) -> None:
        assert Client().get("/join/existing").headers["Location"].startswith("/login")

    def test_a_known_code_leads_to_the_question_and_the_question_to_its_state(
        self, ours: TeamOf, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        code = ours.organisation.credit_code
        with django_assert_max_num_queries(12):
            assert "甲公司" in page(client, f"/join/existing?code={code}")
        answer = client.post("/join/existing", {"code": code, "kind": "agency", "note": "招聘部"}, follow=True)
        assert "申请已发给管理员" in answer.content.decode()
        assert "等待管理员处理" in page(client, "/join/existing")
        assert MembershipRequest.objects.get().note == "招聘部"

    def test_an_unknown_code_leads_to_registration(self, client: Client) -> None:
        shown = page(client, f"/join/existing?code={organisations.credit_code()}")
        assert "还没有在平台注册" in shown
        assert 'href="/join"' in shown

    def test_an_employer_that_is_only_named_is_answered_like_an_unknown_code(self, client: Client) -> None:
        named = organisations.employer(named_by=organisations.agency(), legal_name="某某机械有限公司")
        shown = page(client, f"/join/existing?code={named.credit_code}")
        assert "还没有在平台注册" in shown
        assert "某某机械" not in shown

    def test_a_wrong_code_is_kept_and_explained(self, client: Client) -> None:
        answer = client.get("/join/existing?code=123")
        assert answer.status_code == 422
        assert 'value="123"' in answer.content.decode()

    def test_codes_cannot_be_tried_out_by_the_hundred(self, client: Client) -> None:
        codes = [organisations.credit_code() for _ in range(21)]
        assert [client.get(f"/join/existing?code={code}").status_code for code in codes][-1] == 429

    def test_a_request_is_withdrawn(self, ours: TeamOf, client: Client) -> None:
        client.post("/join/existing", {"code": ours.organisation.credit_code, "kind": "agency"})
        client.post(f"/join/existing/{MembershipRequest.objects.get().id}/withdraw")
        assert MembershipRequest.objects.get().state == "withdrawn"
        assert "已撤回" in page(client, "/join/existing")
