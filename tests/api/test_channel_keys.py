"""Partner apps read the public API with a key: with a higher limit, counted per app."""

import time
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.api.challenges import InvalidKey
from jiuye.api.readers import Limits, Readers
from jiuye.domains.accounts import actions, queries
from jiuye.domains.accounts.models import Channel, ChannelKey
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import RateLimited
from tests.factories import channels, organisations

pytestmark = pytest.mark.django_db
ADDRESS = "192.0.2.55"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    queries.forget_channels()


@pytest.fixture
def admin() -> Actor:
    return organisations.operator("security_admin")


def new_key(admin: Actor, code: str = "app-pay") -> str:
    channel = Channel.objects.filter(code=code).first() or channels.channel(code)
    return actions.issue_key(admin, channel_id=channel.id).key


def read(client: Client, key: str | None = None, *, scheme: str = "Bearer", address: str = ADDRESS) -> Any:
    headers = {"authorization": f"{scheme} {key}"} if key is not None else {}
    return client.get("/api/v1/industries", headers=headers, REMOTE_ADDR=address)


def test_a_key_reads_what_everybody_reads(client: Client, admin: Actor) -> None:
    with_key, without = read(client, new_key(admin)), read(client)
    assert with_key.status_code == 200
    assert with_key.content == without.content


@pytest.mark.parametrize("scheme", ["bearer", "BEARER"])
def test_the_scheme_is_written_as_one_likes(client: Client, admin: Actor, scheme: str) -> None:
    assert read(client, new_key(admin), scheme=scheme).status_code == 200


@pytest.mark.parametrize(
    ("scheme", "key"),
    [("Bearer", ""), ("Bearer", "x"), ("Bearer", "jyk_" + "a" * 43), ("Bearer", "jyk_é"), ("Basic", "dTpw"), ("", "")],
)
def test_a_wrong_key_is_refused_as_a_problem(client: Client, admin: Actor, scheme: str, key: str) -> None:
    new_key(admin)
    answer = read(client, key, scheme=scheme)
    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_key")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_right_key_under_a_wrong_scheme_is_refused(client: Client, admin: Actor) -> None:
    key = new_key(admin)
    assert [read(client, key, scheme=scheme).status_code for scheme in ("Basic", "Bearer", "Basic")] == [401, 200, 401]


def test_a_revoked_key_is_refused_within_half_a_minute(
    client: Client, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_key(admin)
    assert read(client, key).status_code == 200
    ChannelKey.objects.update(revoked_at=clock.now())  # in another process
    later = time.monotonic() + 31
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert read(client, key).status_code == 401


def test_so_is_the_key_of_a_disabled_channel(client: Client, admin: Actor) -> None:
    key = new_key(admin)
    Channel.objects.update(is_enabled=False)
    assert read(client, key).status_code == 401


def test_the_database_is_asked_once_for_a_key_and_never_without_one(
    client: Client, admin: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    key = new_key(admin, "app-alone")  # its limit is not begun by other tests
    with django_assert_num_queries(0):
        read(client, address="192.0.2.56")
    with django_assert_num_queries(2):  # the look-up, and once an hour the time of use
        for _ in range(3):
            read(client, key, address="192.0.2.56")
    queries.forget_channels()
    with django_assert_num_queries(1):
        read(client, key, address="192.0.2.56")
    with django_assert_num_queries(1):
        for _ in range(3):
            read(client, "jyk_" + "b" * 43, address="192.0.2.56")


def test_its_use_is_noted(client: Client, admin: Actor) -> None:
    key = new_key(admin)
    assert ChannelKey.objects.get().last_used_at is None
    read(client, key)
    assert ChannelKey.objects.get().last_used_at is not None


class Asked:
    """A request with what the readers use of it."""

    def __init__(self, key: str | None = None, address: str = ADDRESS) -> None:
        self.META = {"REMOTE_ADDR": address} | ({"HTTP_AUTHORIZATION": f"Bearer {key}"} if key else {})


class TestLimits:
    @pytest.fixture
    def readers(self) -> Readers:
        return Readers(Limits(by_address=3, by_channel=5))

    def admitted(self, readers: Readers, *asked: Any) -> list[bool]:
        found = []
        for one in asked:
            try:
                readers.admit(one)
                found.append(True)
            except RateLimited:
                found.append(False)
        return found

    def test_a_channel_has_a_limit_of_its_own_whatever_its_addresses_and_keys(
        self, readers: Readers, admin: Actor
    ) -> None:
        first, second = new_key(admin), new_key(admin)
        asked = [Asked(key, f"192.0.2.{number}") for number, key in enumerate([first, second] * 3)]
        assert self.admitted(readers, *asked) == [True] * 5 + [False]
        assert self.admitted(readers, Asked(new_key(admin, "app-bank"))) == [True]

    def test_it_goes_past_the_limit_of_its_address(self, readers: Readers, admin: Actor) -> None:
        key = new_key(admin)
        assert self.admitted(readers, *[Asked(key)] * 5) == [True] * 5

    def test_who_has_no_key_is_limited_as_ever(self, readers: Readers, admin: Actor) -> None:
        assert self.admitted(readers, *[Asked()] * 4) == [True] * 3 + [False]

    @pytest.mark.parametrize("address", ["127.0.0.1", "::1", ""])
    def test_this_machine_is_not_limited(self, readers: Readers, address: str) -> None:
        assert self.admitted(readers, *[Asked(address=address)] * 5) == [True] * 5

    def test_guessing_keys_counts_for_the_address_and_asks_nothing_past_its_limit(
        self, readers: Readers, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []
        monkeypatch.setattr(queries, "holder_of", asked.append)
        for number in range(6):
            with pytest.raises(InvalidKey if number < 3 else RateLimited):
                readers.admit(Asked(f"jyk_{number:043}"))  # type: ignore[arg-type]
        assert len(asked) == 3

    def test_while_the_database_is_away_a_key_nobody_knows_reads_as_an_address(
        self, readers: Readers, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(_: str) -> None:
            raise OperationalError

        monkeypatch.setattr(queries, "holder_of", away)
        assert self.admitted(readers, *[Asked("jyk_" + "c" * 43)] * 4) == [True] * 3 + [False]
