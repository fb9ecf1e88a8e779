"""What the browser brings back from the card service: the answer and its code."""

from dataclasses import replace

import pytest

from jiuye.adapters.identity_oidc import OidcIdentityProvider
from jiuye.ports.identity import IdentityForged, IdentityRefused, IdentityUnavailable
from tests.factories.forging_provider import ForgingProvider
from tests.ports.identity_forgeries.entering import REDIRECT, Enter


def test_without_a_forgery_the_person_comes_in(enter: Enter) -> None:
    holder = enter()

    assert (holder.subject, holder.phone, holder.level) == ("s-1", "13800000031", 2)


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


def test_a_code_is_valid_once(client: OidcIdentityProvider, forger: ForgingProvider) -> None:
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
