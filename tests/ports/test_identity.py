"""The contract of the card service's client, held before two providers that share no code: our sandbox's and idpyoidc's."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest

from jiuye.adapters.identity_oidc import OidcIdentityProvider
from jiuye.ports.identity import CardHolder, IdentityForged, IdentityRefused, Journey
from tests.factories import second_provider

REDIRECT = "http://127.0.0.1:8000/sso/essc/callback"


@dataclass
class Before:
    """A provider under test: our client for it, and a browser in which a person agrees to everything."""

    client: OidcIdentityProvider
    expected: CardHolder

    def agree(self, journey: Journey) -> dict[str, str]:
        """What the browser brings back once the person has signed in."""
        answer = httpx.get(journey.url)
        assert answer.status_code == 302, answer.text
        assert answer.headers["location"].startswith(REDIRECT)
        return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


@pytest.fixture(scope="module")
def second() -> Iterator[Before]:
    with second_provider.running_second_provider(REDIRECT) as issuer:
        client = OidcIdentityProvider(
            issuer=issuer, client_id=second_provider.CLIENT_ID, client_secret=second_provider.CLIENT_SECRET
        )
        card = second_provider.CARD
        expected = CardHolder(
            issuer=issuer,
            subject="",
            name=str(card["name"]),
            id_number=str(card["id_number"]),
            phone=str(card["phone_number"]).removeprefix("+86"),
            region=str(card["issuing_region"]),
            level=1,
            authenticated_at=0,
        )
        yield Before(client, expected)


@pytest.fixture(params=["second"])
def provider(request: pytest.FixtureRequest) -> Before:
    """Each provider in turn."""
    found: Before = request.getfixturevalue(request.param)
    return found


def test_a_person_who_agrees_is_known_by_their_card(provider: Before) -> None:
    journey = provider.client.start(redirect_uri=REDIRECT, channel="app-pay")

    holder = provider.client.finish(journey, answer=provider.agree(journey))

    told = (holder.issuer, holder.name, holder.id_number, holder.phone, holder.region, holder.level)
    wanted = provider.expected
    assert told == (wanted.issuer, wanted.name, wanted.id_number, wanted.phone, wanted.region, wanted.level)
    assert holder.subject
    assert holder.authenticated_at > 1_700_000_000


def test_a_person_keeps_their_subject(provider: Before) -> None:
    subjects = set()
    for _ in range(2):
        journey = provider.client.start(redirect_uri=REDIRECT, channel="app-pay")
        subjects.add(provider.client.finish(journey, answer=provider.agree(journey)).subject)

    assert len(subjects) == 1


def test_the_browser_is_told_no_secret_but_its_own(provider: Before) -> None:
    journey = provider.client.start(redirect_uri=REDIRECT, channel="app-pay")

    asked = parse_qs(urlsplit(journey.url).query)

    assert asked["state"] == [journey.state]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [REDIRECT]
    assert asked["channel"] == ["app-pay"]
    assert journey.verifier not in journey.url


def test_every_journey_has_its_own_secrets(provider: Before) -> None:
    journeys = [provider.client.start(redirect_uri=REDIRECT, channel="app-pay") for _ in range(3)]

    for name in ("state", "nonce", "verifier"):
        assert len({getattr(journey, name) for journey in journeys}) == 3
        assert all(len(getattr(journey, name)) >= 43 for journey in journeys)


def test_a_code_is_good_once(provider: Before) -> None:
    journey = provider.client.start(redirect_uri=REDIRECT, channel="app-pay")
    answer = provider.agree(journey)
    provider.client.finish(journey, answer=answer)

    with pytest.raises(IdentityRefused):
        provider.client.finish(journey, answer=answer)


def test_an_answer_is_good_only_in_the_browser_that_asked(provider: Before) -> None:
    theirs = provider.client.start(redirect_uri=REDIRECT, channel="app-pay")
    mine = provider.client.start(redirect_uri=REDIRECT, channel="app-pay")
    answer = provider.agree(theirs)

    with pytest.raises(IdentityForged):
        provider.client.finish(mine, answer=answer)
    with pytest.raises(IdentityRefused):
        provider.client.finish(mine, answer=answer | {"state": mine.state})
