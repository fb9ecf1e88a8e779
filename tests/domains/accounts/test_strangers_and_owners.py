"""A stranger who asks for codes to somebody's phone keeps its owner out nowhere (issue 12, 1.4)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from django.db import connection

from jiuye.domains.accounts import actions, code_limits, known_browsers
from jiuye.domains.accounts.models import CodePlace, LoginCode, SignInRecord, User
from jiuye.domains.accounts.phones import phone_index
from jiuye.domains.accounts.states import CodeLane, CodePurpose, SignInMethod
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.crypto import decrypt
from jiuye.kernel.errors import Invalid, RateLimited
from jiuye.kernel.models import EventRecord
from tests.domains.accounts.asking import check as check_code
from tests.domains.accounts.asking import code_of
from tests.factories import accounts

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PHONE = "13900000007"
HOME = "203.0.113.7"


@contextmanager
def at(minutes: float) -> Iterator[None]:
    with clock.frozen(MORNING + timedelta(minutes=minutes)):
        yield


def ask(ip: str, *, browser: str = "", word: str = "", secret: str = "") -> None:
    actions.request_login_code(
        Actor.anonymous(ip=ip), phone=PHONE, binding=actions.binding_of(secret or f"{ip} {clock.now()}"),
        browser=browser, word=word,
    )  # fmt: skip


def attack(addresses: list[str], requests: int, *, every: timedelta) -> int:
    """Ask so many times in turn, each time from another browser. Return how many codes were sent."""
    sent = 0
    for number in range(requests):
        with clock.frozen(MORNING + every * number):
            sent += wait_for(addresses[number % len(addresses)]) == 0
    return sent


def check(code: str, phone: str = PHONE, *, binding: str) -> actions.SignedIn:
    return check_code(code, phone, binding=binding)


def wait_for(ip: str) -> int:
    """Ask from there, with a new browser. Return the seconds to wait, 0 if a code was sent."""
    try:
        ask(ip, secret=f"{ip} {clock.now()}")
    except RateLimited as refusal:
        return refusal.retry_after
    return 0


def lane() -> str:
    """How the last request that got a code was counted."""
    return LoginCode.objects.latest("created_at", "id").lane


def texts() -> list[str]:
    """The notices sent to the phone: not its codes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [actions.NOTICE_TASK])
        rows = [row if isinstance(row, dict) else orjson.loads(row) for (row,) in cursor.fetchall()]
    return [orjson.loads(decrypt(row["envelope"]))["text"] for row in rows]


@pytest.fixture
def owner() -> User:
    return accounts.person("林小满", PHONE)


ONE = ["198.51.100.1"]
OF_ONE_NETWORK = [f"198.51.100.{number}" for number in range(1, 51)]
OF_MANY_NETWORKS = [f"10.{number}.0.1" for number in range(1, 51)]


@pytest.mark.parametrize(
    ("addresses", "requests"),
    [(ONE, 200), (OF_ONE_NETWORK, 200), (OF_MANY_NETWORKS, 1000)],
    ids=["one", "a network", "fifty networks"],
)
def test_a_thousand_requests_in_ten_hours_keep_the_owner_out_nowhere(
    owner: User, addresses: list[str], requests: int
) -> None:
    usual, elsewhere = "203.0.113.200", "192.0.2.77"
    with at(-1):
        cookie = actions.remember_browser("", owner.pk)
        SignInRecord.objects.create(user=owner, method=SignInMethod.SMS_CODE, ip=HOME, signed_in_at=clock.now())
    sent = attack(addresses, requests, every=timedelta(hours=10) / requests)

    # Few messages, and the owner is told once, by text message and in the centre.
    assert sent <= code_limits.AT_ONCE + 20
    [text] = texts()
    [told] = EventRecord.objects.filter(name="ManyCodesRequested")
    assert told.payload["person_id"] == str(owner.pk)

    with at(600):
        ask(elsewhere, browser=cookie)
        assert lane() == CodeLane.OWNER
        ask(usual, secret="a new browser at home")
        assert lane() == CodeLane.NEAR
        found = re.search(r"放行码 (\w{8})", text)
        assert found
        ask(elsewhere, word=found[1].lower(), secret="a new browser anywhere")
        assert lane() == CodeLane.OWNER

    # Without any of these: at the time that was told, though the strangers go on.
    with at(600):
        wait = wait_for(elsewhere)
    with clock.frozen(MORNING + timedelta(minutes=600, seconds=wait)):
        for address in addresses:
            wait_for(address)
        assert wait_for(elsewhere) == 0


def test_one_network_alone_makes_nobody_else_wait(owner: User) -> None:
    attack(OF_ONE_NETWORK, 100, every=timedelta(minutes=6))
    with at(600):
        ask(HOME)
    assert not CodePlace.objects.exists()


def test_a_place_is_kept_for_half_an_hour_and_then_given_up(owner: User) -> None:
    attack(OF_MANY_NETWORKS[:10], 10, every=timedelta(seconds=1))
    with at(10), pytest.raises(RateLimited) as first:
        ask(HOME)
    with at(11), pytest.raises(RateLimited) as second:
        ask("192.0.2.77")
    with at(12), pytest.raises(RateLimited) as again:
        ask(HOME)
    assert first.value.retry_after - again.value.retry_after == 120
    assert second.value.retry_after - first.value.retry_after == 30 * 60 - 60
    assert first.value.code == "codes_in_line"
    with at(10 + first.value.retry_after / 60 + 31), pytest.raises(RateLimited):
        ask(HOME)


def test_what_was_entered_counts_against_nobody(owner: User) -> None:
    for number in range(12):
        with at(2 * number):
            binding = actions.binding_of(f"browser {number}")
            code_id = actions.request_login_code(Actor.anonymous(ip=HOME), phone=PHONE, binding=binding)
            check(code_of(code_id), binding=binding)


def test_strangers_guesses_lock_no_browser_of_the_owner(owner: User) -> None:
    mine = actions.binding_of("mine")
    with at(0):
        code_id = actions.request_login_code(Actor.anonymous(ip=HOME), phone=PHONE, binding=mine)
        theirs = actions.binding_of("theirs")
        other = actions.request_login_code(Actor.anonymous(ip="198.51.100.1"), phone=PHONE, binding=theirs)
        wrong = f"{(int(code_of(other)) + 1) % 10**6:06d}"
        for _ in range(30):
            with pytest.raises((Invalid, RateLimited)):
                check(wrong, binding=theirs)
        assert check(code_of(code_id), binding=mine)


def test_a_neighbour_who_checks_codes_nobody_asked_for_keeps_no_owner_out(owner: User) -> None:
    mine = actions.binding_of("mine")
    code_id = actions.request_login_code(Actor.anonymous(ip="192.0.2.1"), phone=PHONE, binding=mine)
    for number in range(120):
        with pytest.raises((Invalid, RateLimited)):
            check("123456", f"139{number:08d}", binding=actions.binding_of("theirs"))
    assert check(code_of(code_id), binding=mine)


class TestKnownBrowsers:
    def proof(self, cookie: str) -> str:
        return known_browsers.proof_in(cookie, phone_index=phone_index(PHONE))

    def test_are_known_to_each_account_that_signed_in_there(self, owner: User) -> None:
        other = accounts.person("别人")
        cookie = actions.remember_browser(actions.remember_browser("", owner.pk), other.pk)
        assert self.proof(cookie)
        assert known_browsers.proof_in(cookie, phone_index=other.phone_index)

    def test_are_not_known_to_others(self, owner: User) -> None:
        assert not self.proof(actions.remember_browser("", accounts.person("别人").pk))

    def test_are_forgotten_after_half_a_year(self, owner: User) -> None:
        with at(0):
            cookie = actions.remember_browser("", owner.pk)
        with at(60 * 24 * 179):
            assert self.proof(cookie)
        with at(60 * 24 * 181):
            assert not self.proof(cookie)

    @pytest.mark.parametrize(
        "change", [lambda one: one[:-1] + "x", lambda one: "A" + one[1:], lambda one: one + ".9-x" * 500]
    )
    def test_cannot_be_forged(self, owner: User, change) -> None:  # type: ignore[no-untyped-def]
        cookie = actions.remember_browser("", owner.pk)
        assert not self.proof(change(cookie))

    @pytest.mark.parametrize(
        "cookie", ["", ".", "a.b", "x" * 5000, "A" * 22 + ".-", "A" * 22 + ".²-x", "A" * 22 + ".999999999999-x"]
    )
    def test_nonsense_is_nothing(self, owner: User, cookie: str) -> None:
        assert not self.proof(cookie)
        assert self.proof(actions.remember_browser(cookie, owner.pk))

    def test_get_ten_codes_a_day(self, owner: User) -> None:
        with at(0):
            cookie = actions.remember_browser("", owner.pk)
        for number in range(10):
            with at(number * 10):
                ask(HOME, browser=cookie)
        with at(200), pytest.raises(RateLimited) as refusal:
            ask(HOME, browser=cookie)
        with clock.frozen(MORNING + timedelta(minutes=200, seconds=refusal.value.retry_after)):
            ask(HOME, browser=cookie)


def test_a_wrong_word_says_what_to_do_and_cannot_be_guessed(owner: User) -> None:
    with at(0):
        for number in range(10):
            with pytest.raises(Invalid) as refusal:
                ask(HOME, word=f"ABCDEFG{number}")
            assert "短信" in refusal.value.fields["word"]
        with pytest.raises(RateLimited):
            ask(HOME, word="ABCDEFGH")
    assert not LoginCode.objects.exists()


def test_every_purpose_is_in_the_table() -> None:
    assert set(code_limits.ASKERS) == set(CodePurpose)
