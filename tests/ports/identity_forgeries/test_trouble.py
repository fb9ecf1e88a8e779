"""A failing provider: nobody is signed in, and it is not called again for a while."""

from typing import Any

import pytest

from jiuye.adapters.circuit_breaker import CircuitBreaker
from jiuye.adapters.identity_oidc import OidcIdentityProvider, wire
from jiuye.ports.identity import IdentityForged, IdentityUnavailable
from tests.factories.forging_provider import CLIENT_ID, CLIENT_SECRET, PERSON, ForgingProvider
from tests.factories.sandbox import free_port
from tests.ports.identity_forgeries.entering import REDIRECT, Enter, client_of


def test_discovery_that_names_another_issuer_is_not_followed(enter: Enter, forger: ForgingProvider) -> None:
    forger.configuration["issuer"] = "https://other.example"

    with pytest.raises(IdentityUnavailable):
        enter()


@pytest.mark.parametrize(
    "address", ["http://card.example/token", "ftp://127.0.0.1/token", "/token", "", None, "https://u:p@card.example/"]
)
def test_addresses_without_tls_are_not_used(enter: Enter, forger: ForgingProvider, address: str | None) -> None:
    forger.configuration["token_endpoint"] = address

    with pytest.raises(IdentityUnavailable):
        enter()


@pytest.mark.parametrize("issuer", ["http://card.example", "card.example", "https://u:p@card.example"])
def test_an_issuer_without_tls_is_refused_at_once(issuer: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        OidcIdentityProvider(issuer=issuer, client_id=CLIENT_ID, client_secret=CLIENT_SECRET)


@pytest.mark.parametrize("path", [".well-known", "token", "jwks", "userinfo"])
@pytest.mark.parametrize("status", [500, 429, 302, 204])
def test_whatever_part_fails_nobody_comes_in(enter: Enter, forger: ForgingProvider, path: str, status: int) -> None:
    forger.statuses[path] = status

    with pytest.raises(IdentityUnavailable):
        enter()
    assert forger.calls["elsewhere"] == 0


def test_a_token_call_is_never_made_twice(enter: Enter, forger: ForgingProvider) -> None:
    forger.statuses["token"] = 503
    with pytest.raises(IdentityUnavailable):
        enter()

    assert forger.calls["token"] == 1


@pytest.mark.parametrize("token", [{"id_token": None}, {"access_token": None}, {"token_type": "mac"}], ids=str)
def test_a_token_answer_that_makes_no_sense_lets_nobody_in(
    enter: Enter, forger: ForgingProvider, token: dict[str, Any]
) -> None:
    forger.token = token

    with pytest.raises(IdentityUnavailable):
        enter()


def test_a_provider_that_does_not_know_our_secret_is_unavailable(forger: ForgingProvider) -> None:
    client = OidcIdentityProvider(issuer=forger.issuer, client_id="not-us", client_secret=CLIENT_SECRET)
    journey = client.start(redirect_uri=REDIRECT, channel="")

    with pytest.raises(IdentityUnavailable):
        client.finish(journey, answer=forger.ask(journey))


def test_nobody_listening_is_unavailable() -> None:
    client = OidcIdentityProvider(
        issuer=f"http://127.0.0.1:{free_port()}", client_id=CLIENT_ID, client_secret=CLIENT_SECRET
    )

    with pytest.raises(IdentityUnavailable):
        client.start(redirect_uri=REDIRECT, channel="")


def test_a_provider_too_slow_to_answer_is_unavailable(
    enter: Enter, forger: ForgingProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "TOTAL", wire.CONNECT + 0.2)
    slow = client_of(forger)
    forger.silent.add(".well-known")

    with pytest.raises(IdentityUnavailable):
        slow.start(redirect_uri=REDIRECT, channel="")


def test_an_endless_answer_is_not_read_to_its_end(enter: Enter, forger: ForgingProvider) -> None:
    forger.userinfo = {**PERSON, "more": "x" * 1024 * 1024}

    with pytest.raises(IdentityUnavailable):
        enter()


class Hands:
    """A clock that is moved by hand."""

    time = 0.0

    def __call__(self) -> float:
        return self.time


def test_a_provider_that_keeps_failing_is_left_alone_for_a_while(forger: ForgingProvider) -> None:
    clock = Hands()
    client = client_of(forger, breaker=CircuitBreaker(failures=2, rest=10, clock=clock))
    forger.statuses[".well-known"] = 503
    for _ in range(2):
        with pytest.raises(IdentityUnavailable):
            client.start(redirect_uri=REDIRECT, channel="")
    forger.statuses.clear()

    with pytest.raises(IdentityUnavailable, match="not asked again yet"):
        client.start(redirect_uri=REDIRECT, channel="")
    assert forger.calls[".well-known"] == 2
    clock.time = 10
    assert client.start(redirect_uri=REDIRECT, channel="").state


def test_forgeries_do_not_open_the_circuit(forger: ForgingProvider) -> None:
    client = client_of(forger, breaker=CircuitBreaker(failures=1))
    forger.claims = {"aud": "another-client"}
    journey = client.start(redirect_uri=REDIRECT, channel="")
    with pytest.raises(IdentityForged):
        client.finish(journey, answer=forger.ask(journey))

    assert client.start(redirect_uri=REDIRECT, channel="").state
