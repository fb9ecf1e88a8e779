"""Passkeys: added and used with a security key in software, and refused when forged."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from jiuye.domains.accounts.models import Passkey, RecoveryCode, User
from jiuye.kernel import clock
from jiuye.kernel.ids import new_id
from tests.factories import accounts
from tests.factories.security_key import SecurityKey
from tests.portals.seeker.security.reading import session_of, text

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HERE = "/me/security/second-factor/passkeys"


@pytest.fixture
def zhou() -> User:
    return accounts.member(new_id())


@pytest.fixture
def key(zhou: User) -> SecurityKey:
    """A key that was added before."""
    made = SecurityKey()
    client = accounts.browser(zhou, confirmed=True)
    client.post(HERE, {"credential": made.make(text(client.post(f"{HERE}/options"))), "name": "我的手机"})
    assert Passkey.objects.count() == 1
    return made


def asked(client: Client) -> str:
    """Return the options that the browser gets for signing."""
    return text(client.post("/login/second-factor/passkey/options"))


def use(client: Client, credential: str) -> bool:
    """Send the response; return whether the portal is open afterwards."""
    client.post("/login/second-factor/passkey", {"credential": credential})
    return client.get("/agency/notifications").status_code == 200


def test_the_first_one_comes_with_recovery_codes_and_a_new_session_id(zhou: User) -> None:
    client, key = accounts.browser(zhou, confirmed=True, second_factor=False), SecurityKey()
    before = session_of(client).session_key

    page = client.post(HERE, {"credential": key.make(text(client.post(f"{HERE}/options"))), "name": "我的手机"})

    assert "请保存恢复码" in text(page)
    assert RecoveryCode.objects.count() == 10
    assert session_of(client).session_key != before
    assert client.get("/agency/notifications").status_code == 200


def test_another_one_leaves_the_recovery_codes_as_they_are(zhou: User, key: SecurityKey) -> None:
    client = accounts.browser(zhou, confirmed=True)
    answer = client.post(HERE, {"credential": SecurityKey().make(text(client.post(f"{HERE}/options"))), "name": "备用"})
    assert answer["Location"] == "/me/security/second-factor"
    assert (Passkey.objects.count(), RecoveryCode.objects.count()) == (2, 10)


def test_a_key_is_not_asked_for_twice(zhou: User, key: SecurityKey) -> None:
    options = json.loads(text(accounts.browser(zhou, confirmed=True).post(f"{HERE}/options")))
    assert len(options["excludeCredentials"]) == 1
    assert zhou.phone not in json.dumps(options)


def test_adding_wants_a_confirmation(zhou: User) -> None:
    client = accounts.browser(zhou)
    assert client.post(f"{HERE}/options").status_code == 302
    answer = client.post(f"{HERE}/options", headers={"HX-Request": "true", "Referer": "http://testserver/me/security"})
    assert answer["HX-Redirect"] == "/login/confirm?next=%2Fme%2Fsecurity"


def test_it_opens_the_portal_and_counts_up(zhou: User, key: SecurityKey) -> None:
    client = accounts.browser(zhou, second_factor=False)
    assert client.get("/agency/notifications")["Location"].startswith("/login/second-factor")
    assert "用通行密钥验证" in text(client.get("/login/second-factor"))

    assert use(client, key.use(asked(client)))

    row = Passkey.objects.get()
    assert (row.sign_count, row.last_used_at is not None) == (1, True)


def test_it_leads_on_to_where_the_person_was_going(zhou: User, key: SecurityKey) -> None:
    client = accounts.browser(zhou, second_factor=False)
    answer = client.post(
        "/login/second-factor/passkey", {"credential": key.use(asked(client)), "next": "/agency/applications"}
    )
    assert answer["Location"] == "/agency/applications"


def test_an_answer_for_another_site_is_refused(zhou: User, key: SecurityKey) -> None:
    client = accounts.browser(zhou, second_factor=False)
    assert not use(client, key.use(asked(client), origin="https://jiuye.evil.example"))
    assert not use(client, key.use(asked(client), host="evil.example"))


def test_an_answer_counts_once(zhou: User, key: SecurityKey) -> None:
    first, second = accounts.browser(zhou, second_factor=False), accounts.browser(zhou, second_factor=False)
    answer = key.use(asked(first))
    assert use(first, answer)
    asked(second)
    assert not use(second, answer)


def test_an_answer_without_a_question_is_refused(zhou: User, key: SecurityKey) -> None:
    client = accounts.browser(zhou, second_factor=False)
    question = asked(accounts.browser(zhou, second_factor=False))
    assert not use(client, key.use(question))


def test_a_question_is_good_for_five_minutes(zhou: User, key: SecurityKey) -> None:
    client = accounts.browser(zhou, second_factor=False)
    question = asked(client)
    with clock.frozen(clock.now() + timedelta(minutes=5, seconds=1)):
        assert not use(client, key.use(question))


def test_a_copied_key_with_an_old_counter_is_refused(zhou: User, key: SecurityKey) -> None:
    copy = SecurityKey(key.key, key.id, counter=0)
    owner, thief = accounts.browser(zhou, second_factor=False), accounts.browser(zhou, second_factor=False)
    key.counter = 5
    assert use(owner, key.use(asked(owner)))
    assert not use(thief, copy.use(asked(thief)))


def test_anybody_elses_key_is_refused(zhou: User, key: SecurityKey) -> None:
    other = accounts.member(new_id(), with_second_factor=True)
    client = accounts.browser(other, second_factor=False)
    assert client.post("/login/second-factor/passkey/options").status_code == 404
    assert not use(client, key.use(asked(accounts.browser(zhou, second_factor=False))))


@pytest.mark.parametrize(
    "credential", ["", "{}", "nonsense", '{"id": "x", "rawId": "x", "type": "public-key", "response": {}}']
)
def test_nonsense_is_refused_without_a_fault(zhou: User, key: SecurityKey, credential: str) -> None:
    client = accounts.browser(zhou, second_factor=False)
    asked(client)
    answer = client.post("/login/second-factor/passkey", {"credential": credential, "next": "/agency/notifications"})
    assert answer["Location"] == "/login/second-factor?next=%2Fagency%2Fnotifications"
    assert "没有通过" in text(client.get(answer["Location"]))


def test_the_last_one_taken_away_takes_the_recovery_codes_too(zhou: User, key: SecurityKey) -> None:
    row = Passkey.objects.get()
    accounts.browser(zhou, confirmed=True).post(f"{HERE}/{row.pk}/remove")
    assert (Passkey.objects.count(), RecoveryCode.objects.count()) == (0, 0)


def test_nobody_takes_away_anybody_elses(zhou: User, key: SecurityKey) -> None:
    other = accounts.browser(accounts.seeker(), confirmed=True)
    assert other.post(f"{HERE}/{Passkey.objects.get().pk}/remove").status_code == 404
    assert Passkey.objects.exists()


def test_there_is_a_limit_to_how_many(zhou: User, key: SecurityKey) -> None:
    Passkey.objects.bulk_create(
        Passkey(user=zhou, name=str(n), credential_id=bytes([n] * 16), public_key=b"x", created_at=MORNING)
        for n in range(9)
    )
    assert accounts.browser(zhou, confirmed=True).post(f"{HERE}/options").status_code == 409


def test_where_the_site_is_reached_by_an_address_in_figures_there_are_none(zhou: User) -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies = accounts.browser(zhou, confirmed=True).cookies
    assert "通过域名访问" in text(client.get("/me/security/second-factor"))
    assert client.post(f"{HERE}/options").status_code == 404


@pytest.mark.parametrize(
    "path", [HERE, f"{HERE}/options", "/login/second-factor/passkey", "/login/second-factor/passkey/options"]
)
def test_a_foreign_page_cannot_post(zhou: User, path: str) -> None:
    client = accounts.browser(zhou, confirmed=True, checks_csrf=True)
    assert client.post(path, headers={"Origin": "https://evil.example"}).status_code == 403
