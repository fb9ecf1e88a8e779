"""The second factor of staff: setting up, being asked, recovery codes, losing everything."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from jiuye.domains.accounts import actions
from jiuye.domains.accounts.models import Authenticator, RecoveryCode, Session, User
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry
from tests.factories import accounts
from tests.portals.seeker.security.reading import come_in, is_signed_in, last_code, notices, session_of, text

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SETUP = "/me/security/second-factor/authenticator"


def set_up(client: Client, user: User) -> list[str]:
    """Begin, enter the app's code, and return the recovery codes."""
    client.post("/me/security/second-factor/begin")
    page = text(client.post(SETUP, {"code": accounts.app_code(user)}))
    return re.findall(r"[2-9A-Z]{5}-[2-9A-Z]{5}", page.partition("security-codes")[2].partition("</ul>")[0])


@pytest.fixture
def zhou() -> User:
    """A member of an agency with a second factor."""
    return accounts.member(new_id(), with_second_factor=True)


@pytest.fixture
def ops() -> User:
    """An operator."""
    return accounts.member(new_id(), "platform", "auditor")


# Setting up


def test_an_app_is_set_up_by_scanning_or_typing_and_counts_after_its_first_code() -> None:
    user = accounts.member(new_id())
    client = accounts.browser(user, confirmed=True)

    assert client.post("/me/security/second-factor/begin")["Location"] == SETUP
    page = text(client.get(SETUP))
    secret = Authenticator.objects.get().secret

    assert 'src="data:image/svg+xml' in page
    assert secret[:4] + " " + secret[4:8] in page
    assert not Authenticator.objects.exclude(confirmed_at=None).exists()
    assert len(set_up(client, user)) == 10
    assert Authenticator.objects.exclude(confirmed_at=None).count() == 1


def test_setting_up_wants_a_confirmation_and_a_right_code() -> None:
    user = accounts.member(new_id())
    assert "/login/confirm" in accounts.browser(user).post("/me/security/second-factor/begin")["Location"]
    client = accounts.browser(user, confirmed=True)
    client.post("/me/security/second-factor/begin")

    answer = client.post(SETUP, {"code": f"{(int(accounts.app_code(user)) + 1) % 10**6:06d}"})

    assert answer.status_code == 422
    assert not RecoveryCode.objects.exists()


def test_the_secret_lies_encrypted_and_is_not_shown_again_once_it_counts() -> None:
    user = accounts.member(new_id())
    client = accounts.browser(user, confirmed=True)
    set_up(client, user)
    row = Authenticator.objects.get()

    assert client.get(SETUP)["Location"] == "/me/security/second-factor"
    assert row.secret not in text(client.get("/me/security/second-factor"))
    stored = Authenticator.objects.extra(select={"raw": "secret::text"}).get().raw  # type: ignore[attr-defined]
    assert row.secret not in stored


def test_setting_up_passes_it_here_under_a_new_id_and_signs_out_elsewhere() -> None:
    user = accounts.member(new_id(), "platform", "auditor", with_second_factor=False)
    here, there = accounts.browser(user, confirmed=True, second_factor=False), accounts.browser(user)
    handle, key = session_of(here).handle, session_of(here).session_key

    set_up(here, user)

    assert session_of(here).handle == handle
    assert session_of(here).session_key != key
    assert here.get("/ops").status_code == 200
    assert not is_signed_in(there)


def test_beginning_twice_makes_the_first_picture_worthless() -> None:
    user = accounts.member(new_id())
    client = accounts.browser(user, confirmed=True)
    client.post("/me/security/second-factor/begin")
    old = accounts.app_code(user)
    client.post("/me/security/second-factor/begin")
    assert client.post(SETUP, {"code": old}).status_code == 422 or accounts.app_code(user) == old


def test_an_app_that_counts_is_not_replaced_in_passing(zhou: User) -> None:
    secret = Authenticator.objects.get().secret
    answer = accounts.browser(zhou, confirmed=True).post("/me/security/second-factor/begin")
    assert answer.status_code == 409
    assert Authenticator.objects.get().secret == secret


# Being asked


def test_staff_with_an_app_pass_it_before_their_portal_opens(zhou: User) -> None:
    client = Client()
    answer = come_in(client, zhou.phone, "/agency/notifications")
    assert answer["Location"] == "/agency/notifications"
    assert client.get("/agency/notifications")["Location"] == "/login/second-factor?next=%2Fagency%2Fnotifications"

    passed = client.post("/login/second-factor", {"code": accounts.app_code(zhou), "next": "/agency/notifications"})

    assert passed["Location"] == "/agency/notifications"
    assert client.get("/agency/notifications").status_code == 200
    assert AuditEntry.objects.filter(action="second_factor.pass", actor_person_id=zhou.pk).exists()


def test_passing_it_gives_the_session_a_new_id(zhou: User) -> None:
    client = accounts.browser(zhou, second_factor=False)
    before = session_of(client)

    client.post("/login/second-factor", {"code": accounts.app_code(zhou)})

    after = session_of(client)
    assert after.session_key != before.session_key
    assert after.handle == before.handle
    assert not Session.objects.filter(session_key=before.session_key).exists()


def test_their_own_pages_as_a_seeker_open_without(zhou: User) -> None:
    client = accounts.browser(zhou, second_factor=False)
    assert client.get("/me").status_code == 200
    assert client.get("/me/saved").status_code == 200


def test_every_session_asks_for_it(zhou: User) -> None:
    accounts.browser(zhou)
    assert accounts.browser(zhou, second_factor=False).get("/agency/notifications").status_code == 302


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_codes_of_the_step_before_and_after_count(zhou: User, steps: int) -> None:
    client = accounts.browser(zhou, second_factor=False)
    with clock.frozen(MORNING):
        Authenticator.objects.update(last_step=0)
        assert client.post("/login/second-factor", {"code": accounts.app_code(zhou, steps)}).status_code == 303


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
def test_older_and_later_ones_do_not(zhou: User, steps: int) -> None:
    client = accounts.browser(zhou, second_factor=False)
    with clock.frozen(MORNING):
        assert client.post("/login/second-factor", {"code": accounts.app_code(zhou, steps)}).status_code == 422


def test_a_code_may_be_typed_with_spaces_and_full_width_digits(zhou: User) -> None:
    client, code = accounts.browser(zhou, second_factor=False), accounts.app_code(zhou)
    typed = code[:3] + " " + "".join(chr(ord(digit) + 0xFEE0) for digit in code[3:])
    assert client.post("/login/second-factor", {"code": typed}).status_code == 303


def test_a_code_counts_once(zhou: User) -> None:
    code = accounts.app_code(zhou)
    accounts.browser(zhou, second_factor=False).post("/login/second-factor", {"code": code})

    answer = accounts.browser(zhou, second_factor=False).post("/login/second-factor", {"code": code})

    assert answer.status_code == 422
    assert "已经用过" in text(answer)


def test_five_wrong_codes_lock_for_half_an_hour_in_every_browser(zhou: User) -> None:
    with clock.frozen(MORNING):
        right = int(accounts.app_code(zhou))
        for offset in range(1, 6):
            client = accounts.browser(zhou, second_factor=False)
            answer = client.post("/login/second-factor", {"code": f"{(right + offset * 7) % 10**6:06d}"})
        assert answer.status_code == 429
        assert int(answer["Retry-After"]) == 1800
        assert client.post("/login/second-factor", {"code": f"{right:06d}"}).status_code == 429
    with clock.frozen(MORNING + timedelta(minutes=29)):
        assert client.post("/login/second-factor", {"code": accounts.app_code(zhou)}).status_code == 429
    with clock.frozen(MORNING + timedelta(minutes=30)):
        assert client.post("/login/second-factor", {"code": accounts.app_code(zhou)}).status_code == 303
    assert AuditEntry.objects.filter(action="second_factor.lock").count() == 1


def test_a_right_code_clears_the_count(zhou: User) -> None:
    client = accounts.browser(zhou, second_factor=False)
    with clock.frozen(MORNING):
        for offset in (1, 2, 3, 4):
            wrong = f"{(int(accounts.app_code(zhou)) + offset * 7) % 10**6:06d}"
            assert client.post("/login/second-factor", {"code": wrong}).status_code == 422
        client.post("/login/second-factor", {"code": accounts.app_code(zhou)})
    assert Authenticator.objects.get().failures == 0


def test_it_never_leads_off_the_site(zhou: User) -> None:
    client = accounts.browser(zhou, second_factor=False)
    answer = client.post("/login/second-factor", {"code": accounts.app_code(zhou), "next": "https://evil.example"})
    assert answer["Location"] == "/login/where"


def test_what_was_sent_before_passing_is_not_done_and_the_person_told_so(zhou: User) -> None:
    client = accounts.browser(zhou, second_factor=False)
    answer = client.post("/agency/jobs/new", headers={"Referer": "http://testserver/agency/jobs/new"})
    assert answer["Location"] == "/login/second-factor?next=%2Fagency%2Fjobs%2Fnew"
    assert "还没有进行" in text(client.get(answer["Location"]))


# Who needs one


def test_operators_begin_with_setting_it_up() -> None:
    user = accounts.member(new_id(), "platform", "auditor", with_second_factor=False)
    client = accounts.browser(user, confirmed=True)

    answer = client.get("/ops/postings")

    assert answer["Location"] == "/me/security/second-factor?next=%2Fops%2Fpostings"
    page = text(client.get(answer["Location"]))
    assert "请先设置两步验证" in page
    assert 'name="next" value="/ops/postings"' in page


@pytest.mark.parametrize(
    ("kind", "page"), [("agency", "/agency/notifications"), ("employer", "/employer/notifications")]
)
def test_new_staff_are_reminded_for_two_weeks_and_then_must(kind: str, page: str) -> None:
    with clock.frozen(MORNING):
        user = accounts.member(new_id(), kind, "owner")
    with clock.frozen(MORNING + timedelta(days=13, hours=23)):
        shown = text(accounts.browser(user).get(page))
        assert "2026年3月16日 前设置两步验证" in shown
    with clock.frozen(MORNING + timedelta(days=14)):
        answer = accounts.browser(user).get(page)
        assert answer["Location"].startswith("/me/security/second-factor?next=")


def test_nobody_who_has_it_is_reminded(zhou: User) -> None:
    assert "前设置两步验证" not in text(accounts.browser(zhou).get("/agency/notifications"))


# Recovery codes


def test_a_recovery_code_stands_in_once(zhou: User) -> None:
    codes = actions.renew_recovery_codes(accounts.actor(zhou))
    client = accounts.browser(zhou, second_factor=False)

    first = client.post(
        "/login/second-factor", {"code": codes[0].lower().replace("-", " "), "next": "/agency/notifications"}
    )

    assert "还剩 9 个" in text(first)
    assert 'href="/agency/notifications"' in text(first)
    assert client.get("/agency/notifications").status_code == 200
    again = accounts.browser(zhou, second_factor=False).post("/login/second-factor", {"code": codes[0]})
    assert again.status_code == 422


def test_recovery_codes_lie_as_digests_only(zhou: User) -> None:
    codes = actions.renew_recovery_codes(accounts.actor(zhou))
    digests = list(RecoveryCode.objects.values_list("digest", flat=True))
    assert len(set(digests)) == 10
    assert not {code for code in codes for digest in digests if code in digest or code.replace("-", "") in digest}


def test_new_recovery_codes_void_the_old_ones(zhou: User) -> None:
    (old, *_) = actions.renew_recovery_codes(accounts.actor(zhou))
    page = text(accounts.browser(zhou, confirmed=True).post("/me/security/second-factor/recovery-codes"))
    assert len(set(re.findall(r"[2-9A-Z]{5}-[2-9A-Z]{5}", page.partition("security-codes")[2]))) == 10
    answer = accounts.browser(zhou, second_factor=False).post("/login/second-factor", {"code": old})
    assert answer.status_code == 422


def test_anybody_elses_recovery_code_is_wrong(zhou: User, ops: User) -> None:
    (theirs, *_) = actions.renew_recovery_codes(accounts.actor(ops))
    client = accounts.browser(zhou, second_factor=False)
    assert client.post("/login/second-factor", {"code": theirs}).status_code == 422


def test_recovery_codes_cannot_be_guessed_at_length(zhou: User) -> None:
    (right, *_) = actions.renew_recovery_codes(accounts.actor(zhou))
    with clock.frozen(MORNING):
        client = accounts.browser(zhou, second_factor=False)
        answers = [client.post("/login/second-factor", {"code": f"AAAAA-BBBB{n}"}).status_code for n in range(2, 8)]
        assert answers == [422] * 5 + [429]
        assert client.post("/login/second-factor", {"code": right}).status_code == 429


def test_a_locked_app_leaves_the_recovery_codes(zhou: User) -> None:
    (code, *_) = actions.renew_recovery_codes(accounts.actor(zhou))
    with clock.frozen(MORNING):
        Authenticator.objects.update(failures=5, failed_at=MORNING)
        client = accounts.browser(zhou, second_factor=False)
        assert client.post("/login/second-factor", {"code": accounts.app_code(zhou)}).status_code == 429
        assert client.post("/login/second-factor", {"code": code}).status_code == 200


# Removing it, losing everything


@pytest.mark.parametrize("path", ["authenticator/remove", "recovery-codes", "begin"])
def test_changes_want_a_confirmation_which_is_the_second_factor_itself(zhou: User, path: str) -> None:
    client = accounts.browser(zhou, second_factor=False)
    answer = client.post(f"/me/security/second-factor/{path}")
    assert answer["Location"].startswith("/login/confirm")
    assert client.get(answer["Location"])["Location"].startswith("/login/second-factor")
    assert Authenticator.objects.filter(user=zhou).exists()


def test_taking_the_app_away_takes_the_recovery_codes_too(zhou: User) -> None:
    actions.renew_recovery_codes(accounts.actor(zhou))
    client = accounts.browser(zhou, confirmed=True)

    client.post("/me/security/second-factor/authenticator/remove")

    assert not Authenticator.objects.exists()
    assert not RecoveryCode.objects.exists()


def test_a_security_administrator_lets_in_who_has_lost_everything(zhou: User) -> None:
    admin = accounts.member(new_id(), "platform", "security_admin")
    client = accounts.browser(zhou)

    actions.reset_second_factor(accounts.staff_actor(admin), person_id=zhou.pk, reason="手机丢失，已当面核对身份")

    assert not Authenticator.objects.filter(user=zhou).exists()
    assert not is_signed_in(client)
    assert "已由安全管理员重置" in notices(zhou.phone)[0]
    entry = AuditEntry.objects.get(action="second_factor.reset")
    assert (entry.actor_person_id, entry.subject_id) == (admin.pk, str(zhou.pk))


@pytest.mark.parametrize(("kind", "role"), [("platform", "auditor"), ("platform", "support"), ("agency", "owner")])
def test_nobody_else_may(zhou: User, kind: str, role: str) -> None:
    other = accounts.member(new_id(), kind, role)
    with pytest.raises(Denied):
        actions.reset_second_factor(accounts.staff_actor(other), person_id=zhou.pk, reason="只是想试试")
    assert Authenticator.objects.filter(user=zhou).exists()


def test_not_even_a_security_administrator_for_themselves_or_without_a_reason(zhou: User) -> None:
    admin = accounts.member(new_id(), "platform", "security_admin")
    with pytest.raises(Denied):
        actions.reset_second_factor(accounts.staff_actor(admin), person_id=admin.pk, reason="忘带手机")
    with pytest.raises(Invalid):
        actions.reset_second_factor(accounts.staff_actor(admin), person_id=zhou.pk, reason=" ")
    assert Authenticator.objects.count() == 2


def test_the_command_lets_in_an_operator(ops: User) -> None:
    call_command("reset_second_factor", ops.phone, verbosity=0)
    assert not Authenticator.objects.exists()
    assert AuditEntry.objects.get(action="second_factor.reset").actor_role == Actor.system().role


@pytest.mark.parametrize("phone", ["10086", "13800099999"])
def test_the_command_says_when_there_is_nobody(phone: str) -> None:
    with pytest.raises(CommandError):
        call_command("reset_second_factor", phone)


def test_who_has_none_has_nothing_to_reset() -> None:
    with pytest.raises(NotFound):
        actions.reset_second_factor(Actor.system(), person_id=accounts.seeker().pk, reason="没有设置过")


def test_after_a_reset_an_operator_sets_it_up_again_by_their_phone(ops: User) -> None:
    actions.reset_second_factor(Actor.system(), person_id=ops.pk, reason="手机丢失")
    client = Client()
    come_in(client, ops.phone)
    assert client.get("/ops")["Location"].startswith("/me/security/second-factor")
    assert len(set_up(client, ops)) == 10
    assert client.get("/ops").status_code == 200
    assert last_code(ops.phone)


@pytest.mark.parametrize(
    "path",
    [
        "/login/second-factor",
        SETUP,
        "/me/security/second-factor/begin",
        "/me/security/second-factor/authenticator/remove",
    ],
)
def test_a_foreign_page_cannot_post(zhou: User, path: str) -> None:
    client = accounts.browser(zhou, confirmed=True, checks_csrf=True)
    code = accounts.app_code(zhou)
    assert client.post(path, {"code": code}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert Authenticator.objects.exclude(confirmed_at=None).count() == 1
