"""The operators' page of people who call for help."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.duties import LOOKED_UP
from jiuye.domains.accounts.models import Authenticator, Session, SignInRecord, User
from jiuye.erasure.models import ErasureRequest
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry
from tests.factories import accounts, organisations
from tests.portals.seeker.security.reading import notices

pytestmark = pytest.mark.django_db
PHONE = "13912345678"
REASON = {"reason": "来电求助，核对登录记录"}


def signed_in(actor: Actor) -> Client:
    return accounts.browser(User.objects.get(pk=actor.person_id))


@pytest.fixture
def support() -> Client:
    return signed_in(organisations.operator("support"))


@pytest.fixture
def admin() -> Client:
    return signed_in(organisations.operator("security_admin"))


@pytest.fixture
def caller() -> User:
    return accounts.person("林小满", PHONE)


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def audited(action: str) -> list[Any]:
    return list(AuditEntry.objects.filter(action=action).order_by("id").values_list("subject_id", "detail"))


class TestFinding:
    @pytest.mark.parametrize("typed", [PHONE, "139 1234 5678", "+86 139-1234-5678"])
    def test_a_person_is_found_by_their_whole_number(self, support: Client, caller: User, typed: str) -> None:
        answer = support.post("/ops/people", {"phone": typed})
        assert answer.headers["Location"] == f"/ops/people/{caller.pk}"
        assert audited("account.look_up") == [(str(caller.pk), {"found": True})]

    def test_nobody_has_that_number(self, support: Client, caller: User) -> None:
        answer = support.post("/ops/people", {"phone": "13912345679"})
        assert answer.status_code == 422
        assert "没有用这个手机号的账号" in text(answer)
        assert audited("account.look_up") == [("", {"found": False})]

    @pytest.mark.parametrize("typed", ["", "1391234", "13912345678' OR 1=1"])
    def test_what_is_no_number_is_said_at_the_field(self, support: Client, caller: User, typed: str) -> None:
        answer = support.post("/ops/people", {"phone": typed})
        assert answer.status_code == 422
        assert 'id="id_phone-error"' in text(answer)

    def test_it_is_never_looked_for_by_an_address(self, support: Client, caller: User) -> None:
        answer = support.get("/ops/people", {"phone": PHONE})
        assert answer.status_code == 200
        assert "林" not in text(answer)

    def test_an_erased_account_is_not_found(self, support: Client, caller: User) -> None:
        User.objects.filter(pk=caller.pk).update(erased_at=clock.now(), phone_index=None)
        assert support.post("/ops/people", {"phone": PHONE}).status_code == 422
        assert support.get(f"/ops/people/{caller.pk}").status_code == 404

    def test_one_operator_looks_up_only_so_many_an_hour(
        self, support: Client, caller: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(vars(LOOKED_UP), "most", 2)
        with clock.frozen(clock.now()):
            statuses = [support.post("/ops/people", {"phone": PHONE}).status_code for _ in range(3)]
        assert statuses == [302, 302, 429]


class TestThePage:
    def test_it_shows_the_person_in_outline(self, support: Client, caller: User) -> None:
        SignInRecord.objects.create(
            user=caller, method="sms_code", device="Chrome · Android", ip="192.0.2.7", signed_in_at=clock.now()
        )
        accounts.browser(caller)
        shown = text(support.get(f"/ops/people/{caller.pk}"))
        assert "139****5678" in shown
        assert "林**" in shown
        assert "Chrome · Android" in shown
        assert re.search(r"登录设备</dt>\s*<dd>1 台在线", shown)
        for hidden in (PHONE, "林小满", "192.0.2.7", "退出全部登录"):
            assert hidden not in shown

    def test_it_names_where_they_work(self, support: Client, caller: User) -> None:
        agency = organisations.agency()
        organisations.member(agency, role="owner", user=caller)
        shown = text(support.get(f"/ops/people/{caller.pk}"))
        assert agency.legal_name in shown
        assert "管理员" in shown

    def test_it_asks_the_database_little(
        self, admin: Client, caller: User, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(30):
            SignInRecord.objects.create(
                user=caller, method="sms_code", signed_in_at=clock.now() - timedelta(days=number)
            )
        organisations.member(organisations.agency(), user=caller)
        with django_assert_max_num_queries(12):
            admin.get(f"/ops/people/{caller.pk}")


class TestUnmasking:
    def test_a_reason_shows_the_number_once_and_is_audited(self, support: Client, caller: User) -> None:
        answer = support.post(f"/ops/people/{caller.pk}/phone", REASON)
        assert answer.status_code == 200
        assert PHONE in text(answer)
        assert "no-store" in answer.headers["Cache-Control"]
        assert PHONE not in text(support.get(f"/ops/people/{caller.pk}"))
        assert audited("account.unmask") == [(str(caller.pk), {"field": "phone", **REASON})]

    @pytest.mark.parametrize("reason", ["", "  ", "看看", "长" * 201])
    def test_without_a_reason_nothing_is_shown(self, support: Client, caller: User, reason: str) -> None:
        answer = support.post(f"/ops/people/{caller.pk}/phone", {"reason": reason})
        assert answer.status_code == 422
        assert PHONE not in text(answer)
        assert audited("account.unmask") == []

    def test_thirty_an_hour(self, support: Client, caller: User) -> None:
        with clock.frozen(clock.now()):
            statuses = [support.post(f"/ops/people/{caller.pk}/phone", REASON).status_code for _ in range(31)]
        assert statuses == [200] * 30 + [429]
        assert len(audited("account.unmask")) == 30

    def test_it_is_not_done_by_an_address(self, support: Client, caller: User) -> None:
        assert support.get(f"/ops/people/{caller.pk}/phone", REASON).status_code == 405


class TestSecuring:
    def test_a_security_admin_ends_every_session(self, admin: Client, caller: User) -> None:
        browser = accounts.browser(caller)
        assert browser.get("/me").status_code == 200
        assert admin.post(f"/ops/people/{caller.pk}/sessions", REASON).status_code == 302
        assert browser.get("/me").status_code == 302
        assert audited("session.end") == [(str(caller.pk), {"sessions": 1, **REASON})]

    def test_and_takes_away_a_lost_second_factor(self, admin: Client, caller: User) -> None:
        accounts.authenticator(caller)
        assert "重置两步验证" in text(admin.get(f"/ops/people/{caller.pk}"))
        assert admin.post(f"/ops/people/{caller.pk}/second-factor", REASON).status_code == 302
        assert not Authenticator.objects.filter(user=caller).exists()

    @pytest.mark.parametrize("what", ["sessions", "second-factor"])
    def test_it_asks_first_and_wants_a_reason(self, admin: Client, caller: User, what: str) -> None:
        accounts.browser(caller)
        accounts.authenticator(caller)
        assert admin.get(f"/ops/people/{caller.pk}/{what}").status_code == 200
        assert admin.post(f"/ops/people/{caller.pk}/{what}", {"reason": ""}).status_code == 422
        assert Session.objects.filter(person_id=caller.pk).exists()
        assert Authenticator.objects.filter(user=caller).exists()

    def test_support_does_neither(self, support: Client, caller: User) -> None:
        accounts.browser(caller)
        accounts.authenticator(caller)
        for what in ("sessions", "second-factor"):
            assert support.post(f"/ops/people/{caller.pk}/{what}", REASON).status_code == 403
        assert Session.objects.filter(person_id=caller.pk).exists()
        assert Authenticator.objects.filter(user=caller).exists()


def test_others_are_kept_out_and_learn_nothing(caller: User) -> None:
    strangers = [organisations.operator(role) for role in ("auditor", "editor", "audit_admin")]
    strangers.append(organisations.member(organisations.agency(), role="owner"))
    clients = [signed_in(one) for one in strangers] + [accounts.browser(accounts.seeker())]
    for client in clients:
        answers = [
            client.get("/ops/people"),
            client.post("/ops/people", {"phone": PHONE}),
            client.get(f"/ops/people/{caller.pk}"),
            client.post(f"/ops/people/{caller.pk}/phone", REASON),
        ]
        assert [answer.status_code for answer in answers] == [403] * 4
        assert not any(PHONE in text(answer) for answer in answers)
    assert Client().get("/ops/people").status_code == 302
    assert not AuditEntry.objects.filter(action__in=["account.look_up", "account.unmask"]).exists()


def test_nobody_is_there_by_that_id(admin: Client) -> None:
    assert admin.get(f"/ops/people/{new_id()}").status_code == 404
    assert admin.post(f"/ops/people/{new_id()}/phone", REASON).status_code == 404
    assert admin.get(f"/ops/people/{new_id()}/sessions").status_code == 404


def test_an_account_is_erased_for_somebody_who_asks_by_phone(caller: User) -> None:
    place = f"/ops/people/{caller.pk}/erase"
    admin = accounts.member(new_id(), "platform", "security_admin")
    proof = accounts.browser(admin).post(place, {"reason": "本人来电要求注销，已核对身份"})
    assert proof.headers["Location"].startswith("/login/")
    assert not ErasureRequest.objects.exists()
    client = accounts.browser(admin, confirmed=True)
    done = client.post(place, {"reason": "本人来电要求注销，已核对身份"}, follow=True)
    assert "7 天后生效" in done.content.decode()
    assert ErasureRequest.objects.get().person_id == caller.pk
    assert "7 天后生效" in notices(caller.phone)[0]


def test_the_only_owner_of_an_organisation_is_not(caller: User) -> None:
    """Trap 1.1."""
    organisations.member(organisations.agency(legal_name="甲公司"), role="owner", user=caller)
    client = accounts.browser(accounts.member(new_id(), "platform", "security_admin"), confirmed=True)
    page = client.post(f"/ops/people/{caller.pk}/erase", {"reason": "本人来电要求注销，已核对身份"}).content.decode()
    assert "甲公司" in page
    assert "把管理员交给同事" in page
    assert not ErasureRequest.objects.exists()


def test_support_staff_do_not_erase_accounts(caller: User) -> None:
    client = accounts.browser(accounts.member(new_id(), "platform", "support"), confirmed=True)
    assert client.post(f"/ops/people/{caller.pk}/erase", {"reason": "本人来电要求注销"}).status_code == 403
    assert not ErasureRequest.objects.exists()
