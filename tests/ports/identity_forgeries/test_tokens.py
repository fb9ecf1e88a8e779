"""The ID token: for whom it was made, for this sign-in, and how high the level."""

from collections.abc import Callable
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from jiuye.ports.identity import IdentityForged, IdentityRefused
from tests.factories.forging_provider import (
    CLIENT_ID,
    ForgingProvider,
    new_key,
    signed,
    signed_with_public_key,
    unsigned,
)
from tests.ports.identity_forgeries.entering import REDIRECT, Enter, client_of


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
