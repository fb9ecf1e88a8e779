"""What the client of the card service must not believe, each before a provider that tells it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from jiuye.adapters.circuit_breaker import CircuitBreaker
from jiuye.adapters.identity_oidc import OidcIdentityProvider, wire
from jiuye.ports.identity import CardHolder, IdentityForged, IdentityRefused, IdentityUnavailable
from tests.factories.forging_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    PERSON,
    ForgingProvider,
    new_key,
    running_forging_provider,
    signed,
    signed_with_public_key,
    unsigned,
)
from tests.factories.sandbox import free_port

REDIRECT = "http://127.0.0.1:8000/sso/essc/callback"
Enter = Callable[[], CardHolder]


@pytest.fixture
def forger() -> Iterator[ForgingProvider]:
    with running_forging_provider() as running:
        yield running


@pytest.fixture
def client(forger: ForgingProvider) -> OidcIdentityProvider:
    return client_of(forger)


def client_of(forger: ForgingProvider, **options: Any) -> OidcIdentityProvider:
    return OidcIdentityProvider(
        issuer=forger.issuer, client_id=CLIENT_ID, client_secret=CLIENT_SECRET, **{"fresh_seconds": 0, **options}
    )


@pytest.fixture
def enter(forger: ForgingProvider, client: OidcIdentityProvider) -> Enter:
    """Signing in as it should go, before what the test has changed."""

    def sign_in() -> CardHolder:
        journey = client.start(redirect_uri=REDIRECT, channel="")
        return client.finish(journey, answer=forger.ask(journey))

    return sign_in


def test_without_a_forgery_the_person_comes_in(enter: Enter) -> None:
    holder = enter()

    assert (holder.subject, holder.phone, holder.level) == ("s-1", "13800000031", 2)


# The answer that the browser brings.


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "somebody-else's"},
        {"state": ""},
        {"state": None},
        {"iss": None},
        {"iss": "https://other.example"},
        {"code": None},
        {"code": ""},
        {"error": "access_denied", "iss": None},
        {"error": "access_denied", "state": "somebody-else's"},
    ],
)
def test_an_answer_to_another_question_is_not_looked_into(
    client: OidcIdentityProvider, forger: ForgingProvider, changes: dict[str, str | None]
) -> None:
    journey = client.start(redirect_uri=REDIRECT, channel="")
    answer = {name: value for name, value in {**forger.ask(journey), **changes}.items() if value is not None}

    with pytest.raises(IdentityForged):
        client.finish(journey, answer=answer)
    assert forger.calls["token"] == 0


def test_the_code_of_another_browsers_journey_is_of_no_use(
    client: OidcIdentityProvider, forger: ForgingProvider
) -> None:
    theirs = client.start(redirect_uri=REDIRECT, channel="")
    mine = client.start(redirect_uri=REDIRECT, channel="")
    injected = forger.ask(theirs) | {"state": mine.state}

    with pytest.raises(IdentityRefused) as refusal:
        client.finish(mine, answer=injected)
    assert refusal.value.reason == "expired"


@pytest.mark.parametrize(
    ("error", "expected", "reason"),
    [
        ("access_denied", IdentityRefused, "declined"),
        ("login_required", IdentityRefused, "declined"),
        ("unmet_authentication_requirements", IdentityRefused, "level"),
        ("invalid_request", IdentityRefused, "invalid"),
        ("temporarily_unavailable", IdentityUnavailable, None),
    ],
)
def test_a_refusal_says_what_kind_it_is(
    client: OidcIdentityProvider, forger: ForgingProvider, error: str, expected: type[Exception], reason: str | None
) -> None:
    journey = client.start(redirect_uri=REDIRECT, channel="")
    answer = {"state": forger.ask(journey)["state"], "iss": forger.issuer, "error": error}

    with pytest.raises(expected) as refusal:
        client.finish(journey, answer=answer)
    assert getattr(refusal.value, "reason", None) == reason


# The code.


def test_a_code_is_good_once(client: OidcIdentityProvider, forger: ForgingProvider) -> None:
    journey = client.start(redirect_uri=REDIRECT, channel="")
    answer = forger.ask(journey)
    client.finish(journey, answer=answer)

    with pytest.raises(IdentityRefused) as refusal:
        client.finish(journey, answer=answer)
    assert refusal.value.reason == "expired"


def test_a_code_without_its_verifier_is_of_no_use(client: OidcIdentityProvider, forger: ForgingProvider) -> None:
    journey = client.start(redirect_uri=REDIRECT, channel="")

    with pytest.raises(IdentityRefused):
        client.finish(replace(journey, verifier="x" * 43), answer=forger.ask(journey))


# The ID token.


def rs256_key(bits: int) -> RSAKey:
    return RSAKey.generate_key(bits, {"kid": "r-1"}, private=True)


def strangers(forger: ForgingProvider) -> Callable[[Any], str]:
    """Signed with a key of the attacker's that claims to be the published one."""
    return lambda claims: signed(claims, new_key("k-1"))


FORGERIES: dict[str, Callable[[ForgingProvider], Callable[[Any], str]]] = {
    "nobody signed it": lambda forger: unsigned,
    "the public key served as a secret": lambda forger: lambda claims: signed_with_public_key(claims, forger.key),
    "an unpublished key signed it": lambda forger: lambda claims: signed(claims, new_key("k-2")),
    "another key signed it under the published name": strangers,
    "the signature was cut off": lambda forger: lambda claims: signed(claims, forger.key).rpartition(".")[0] + ".",
    "another's claims under an honest signature": lambda forger: (
        lambda claims: ".".join(
            [
                *signed({**claims, "sub": "s-2"}, forger.key).split(".")[:2],
                signed(claims, forger.key).split(".")[2],
            ]
        )
    ),
    "it is no token": lambda forger: lambda claims: "nonsense",
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_token_is_believed_for_its_signature_only(enter: Enter, forger: ForgingProvider, forgery: str) -> None:
    forger.forge = FORGERIES[forgery](forger)

    with pytest.raises(IdentityForged):
        enter()
    assert forger.calls["userinfo"] == 0


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://other.example"},
        {"iss": None},
        {"aud": "another-client"},
        {"aud": [CLIENT_ID, "another-client"], "azp": "another-client"},
        {"aud": [CLIENT_ID, "another-client"]},
        {"aud": [CLIENT_ID, "another-client"], "azp": CLIENT_ID},
        {"aud": "another-client", "azp": CLIENT_ID},
        {"aud": None},
        {"azp": "another-client"},
        {"nonce": "another journey's"},
        {"nonce": None},
        {"exp": -120},
        {"exp": None},
        {"iat": 3600},
        {"iat": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    ],
    ids=str,
)
def test_a_token_that_was_not_made_for_this_sign_in_is_not_believed(
    enter: Enter, forger: ForgingProvider, claims: dict[str, Any]
) -> None:
    forger.claims = claims

    with pytest.raises(IdentityForged):
        enter()
    assert forger.calls["userinfo"] == 0


def test_clocks_may_differ_by_less_than_a_minute(enter: Enter, forger: ForgingProvider) -> None:
    forger.claims = {"iat": 30, "exp": -30}

    assert enter().subject == "s-1"


@pytest.mark.filterwarnings("ignore:Key size should be")
def test_a_weak_key_is_no_key(enter: Enter, forger: ForgingProvider) -> None:
    weak = rs256_key(1024)
    forger.published = [weak.as_dict(private=False)]
    forger.forge = lambda claims: signed(claims, weak, "RS256")

    with pytest.raises(IdentityForged):
        enter()


@pytest.mark.parametrize("algorithm", ["RS256", "PS256"])
def test_rsa_signatures_are_understood_too(enter: Enter, forger: ForgingProvider, algorithm: str) -> None:
    key = rs256_key(2048)
    forger.published = [key.as_dict(private=False)]
    forger.forge = lambda claims: signed(claims, key, algorithm)

    assert enter().subject == "s-1"


@pytest.mark.parametrize(("acr", "least", "enters"), [("essc:1", 1, True), ("essc:1", 2, False), ("essc:2", 2, True)])
def test_the_level_proven_must_be_high_enough(forger: ForgingProvider, acr: str, least: int, enters: bool) -> None:
    forger.claims = {"acr": acr}
    client = client_of(forger, least_level=least)
    journey = client.start(redirect_uri=REDIRECT, channel="")
    answer = forger.ask(journey)

    if enters:
        assert client.finish(journey, answer=answer).level == int(acr[-1])
    else:
        with pytest.raises(IdentityRefused) as refusal:
            client.finish(journey, answer=answer)
        assert refusal.value.reason == "level"


@pytest.mark.parametrize("acr", [None, "", "essc:0", "essc:12", "urn:mace:incommon:iap:gold", 2])
def test_a_level_nobody_knows_is_none(enter: Enter, forger: ForgingProvider, acr: object) -> None:
    forger.claims = {"acr": acr}

    with pytest.raises(IdentityRefused) as refusal:
        enter()
    assert refusal.value.reason == "level"


# Keys.


def test_a_new_key_is_asked_for_when_a_token_names_it(enter: Enter, forger: ForgingProvider, monkeypatch: Any) -> None:
    monkeypatch.setattr("jiuye.adapters.identity_oidc.metadata.ASK_AGAIN_AFTER", 0.0)
    enter()
    new = new_key("k-2")
    forger.published, forger.codes = [new.as_dict(private=False)], {"c-1"}
    forger.forge = lambda claims: signed(claims, new)

    assert enter().subject == "s-1"
    assert forger.calls["jwks"] == 2


def test_a_stream_of_unknown_keys_does_not_become_one_of_calls(enter: Enter, forger: ForgingProvider) -> None:
    forger.forge = lambda claims: signed(claims, new_key("k-9"))
    for _ in range(5):
        forger.codes = {"c-1"}
        with pytest.raises(IdentityForged):
            enter()

    assert forger.calls["jwks"] == 1


def test_keys_that_cannot_be_read_cost_nobody_the_others(enter: Enter, forger: ForgingProvider) -> None:
    forger.published = [{"kty": "QQ"}, "nonsense", {"kty": "EC"}, *forger.published]

    assert enter().subject == "s-1"


@pytest.mark.parametrize("keys", [None, {}, "nonsense"])
def test_a_provider_without_keys_is_unavailable(enter: Enter, forger: ForgingProvider, keys: Any) -> None:
    forger.published = keys

    with pytest.raises(IdentityUnavailable):
        enter()


# What is said of the person.


@pytest.mark.parametrize(
    "said",
    [
        {"sub": "s-2"},
        {"sub": None},
        {"id_number": "110101199003070012"},
        {"id_number": "000000199003070011"},
        {"id_number": ""},
        {"phone_number": "+14155550100"},
        {"phone_number": "95566"},
        {"issuing_region": "11010"},
        {"issuing_region": "０１０１０１"},
        {"name": ""},
        {"name": "小满\u202e"},
        {"name": ["小满"]},
        {"name": "满" * 101},
    ],
    ids=lambda said: str(said)[:40],
)
def test_what_cannot_be_true_of_a_person_lets_nobody_in(
    enter: Enter, forger: ForgingProvider, said: dict[str, Any]
) -> None:
    forger.userinfo = {**PERSON, **said}

    with pytest.raises(IdentityForged) as forgery:
        enter()
    assert str(said.get("id_number") or PERSON["id_number"]) not in repr(forgery.value)


@pytest.mark.parametrize("verified", [False, None, "true"])
def test_a_phone_nobody_verified_is_not_taken(enter: Enter, forger: ForgingProvider, verified: object) -> None:
    forger.userinfo = {**PERSON, "phone_number_verified": verified}

    with pytest.raises(IdentityRefused) as refusal:
        enter()
    assert refusal.value.reason == "invalid"


# A provider in trouble.


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


# Scanned requests.


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"reference": "r-1", "qr_uri": "", "expires_in": 60},
        {"reference": "", "qr_uri": "https://card.example/s/1", "expires_in": 60},
        {"reference": "r-1", "qr_uri": "https://card.example/s/1", "expires_in": 3600},
        {"reference": "r-1", "qr_uri": "https://card.example/s/1", "expires_in": "60"},
    ],
    ids=str,
)
def test_a_scan_request_that_makes_no_sense_is_not_shown(
    client: OidcIdentityProvider, forger: ForgingProvider, told: dict[str, Any]
) -> None:
    forger.qr = told

    with pytest.raises(IdentityUnavailable):
        client.show_qr(match="42", seconds=120)


@pytest.mark.parametrize("state", ["", "done", None, "used"])
def test_a_state_that_does_not_exist_is_unavailable(
    client: OidcIdentityProvider, forger: ForgingProvider, state: str | None
) -> None:
    forger.qr = {"state": state, "code": "c-1"}

    with pytest.raises(IdentityUnavailable):
        client.follow_qr("r-1")


def test_a_code_before_the_approval_is_not_passed_on(client: OidcIdentityProvider, forger: ForgingProvider) -> None:
    forger.qr = {"state": "scanned", "code": "c-1"}

    assert client.follow_qr("r-1").code == ""


def test_a_request_the_provider_has_forgotten_has_expired(
    client: OidcIdentityProvider, forger: ForgingProvider
) -> None:
    forger.statuses["qr"] = 404
    # The first call is for the addresses, which are there.
    assert client.follow_qr("r-1").state == "expired"


def test_what_a_person_is_stays_out_of_representations(enter: Enter) -> None:
    shown = repr(enter())

    assert PERSON["id_number"] not in shown
    assert PERSON["name"] not in shown
    assert "13800000031" not in shown
