"""The contract of the card service's client, tested with two providers that share no code: our sandbox's and idpyoidc's."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest

from jiuye.adapters.circuit_breaker import CircuitBreaker
from jiuye.adapters.identity_oidc import OidcIdentityProvider
from jiuye.ports.identity import (
    CardHolder,
    IdentityForged,
    IdentityProvider,
    IdentityRefused,
    IdentityUnavailable,
    Journey,
    QrRequest,
)
from jiuye.sandbox import people
from tests.factories import second_provider
from tests.factories.sandbox import Sandbox, running_sandbox

SITE = "http://127.0.0.1:8000"
REDIRECT = f"{SITE}/sso/essc/callback"
PHONE, FIRST_LEVEL_PHONE = "19900000099", next(person.phone for person in people.ALL if person.level == 1)


@dataclass
class Provider:
    """A provider under test: our client for it, and a browser with a person who agrees to everything."""

    client: IdentityProvider
    expected: CardHolder
    agree: Callable[[Journey], dict[str, str]]


def brought_back(answer: httpx.Response) -> dict[str, str]:
    """The query with which a browser is sent back to us."""
    assert answer.status_code in (302, 303), answer.text
    assert answer.headers["location"].startswith(REDIRECT)
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


@pytest.fixture(scope="module")
def second() -> Iterator[Provider]:
    with second_provider.running_second_provider(REDIRECT) as issuer:
        card = second_provider.CARD
        yield Provider(
            OidcIdentityProvider(
                issuer=issuer, client_id=second_provider.CLIENT_ID, client_secret=second_provider.CLIENT_SECRET
            ),
            CardHolder(
                issuer=issuer,
                subject="",
                name=str(card["name"]),
                id_number=str(card["id_number"]),
                phone=str(card["phone_number"]).removeprefix("+86"),
                region=str(card["issuing_region"]),
                level=1,
                authenticated_at=0,
            ),
            lambda journey: brought_back(httpx.get(journey.url)),
        )


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox"), site=SITE) as sandbox:
        yield sandbox


@pytest.fixture
def essc(running: Sandbox) -> Iterator[Sandbox]:
    """The sandbox's card service, reset after each test."""
    yield running
    running.release("essc")


def client_of(sandbox: Sandbox, **options: object) -> OidcIdentityProvider:
    settings = {"issuer": f"{sandbox.url}/essc", "client_id": "jiuye-online", "client_secret": "sandbox-essc-secret"}
    return OidcIdentityProvider(**{"fresh_seconds": 0, **settings, **options})


def phone_of(number: str = PHONE) -> httpx.Client:
    """The simulated phone of a sandbox person."""
    return httpx.Client(cookies={"sandbox_phone": number})


def agreed(journey: Journey, number: str = PHONE, answer: str = "agree") -> dict[str, str]:
    """What the browser on the person's phone brings back."""
    with phone_of(number) as phone:
        return brought_back(
            phone.post(journey.url.replace("/authorize?", "/authorize/answer?"), data={"answer": answer})
        )


@pytest.fixture
def sandbox(essc: Sandbox) -> Provider:
    person = people.by_phone(PHONE)
    assert person is not None
    expected = CardHolder(
        issuer=f"{essc.url}/essc",
        subject=person.subject,
        name=person.name,
        id_number=person.id_number,
        phone=PHONE,
        region=person.region,
        level=person.level,
        authenticated_at=0,
    )
    return Provider(client_of(essc), expected, agreed)


@pytest.fixture(params=["sandbox", "second"])
def provider(request: pytest.FixtureRequest) -> Provider:
    """Each provider in turn."""
    found: Provider = request.getfixturevalue(request.param)
    return found


def test_a_person_who_agrees_is_known_by_their_card(provider: Provider) -> None:
    journey = provider.client.start(redirect_uri=REDIRECT, channel="app-pay")

    holder = provider.client.finish(journey, answer=provider.agree(journey))

    told = (holder.issuer, holder.name, holder.id_number, holder.phone, holder.region, holder.level)
    wanted = provider.expected
    assert told == (wanted.issuer, wanted.name, wanted.id_number, wanted.phone, wanted.region, wanted.level)
    assert holder.subject
    assert holder.authenticated_at > 1_700_000_000


def test_a_person_keeps_their_subject(provider: Provider) -> None:
    subjects = set()
    for _ in range(2):
        journey = provider.client.start(redirect_uri=REDIRECT, channel="app-pay")
        subjects.add(provider.client.finish(journey, answer=provider.agree(journey)).subject)

    assert len(subjects) == 1


def test_the_browser_is_told_no_secret_but_its_own(provider: Provider) -> None:
    journey = provider.client.start(redirect_uri=REDIRECT, channel="app-pay")

    asked = parse_qs(urlsplit(journey.url).query)

    assert asked["state"] == [journey.state]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [REDIRECT]
    assert asked["channel"] == ["app-pay"]
    assert journey.verifier not in journey.url


def test_every_journey_has_its_own_secrets(provider: Provider) -> None:
    journeys = [provider.client.start(redirect_uri=REDIRECT, channel="app-pay") for _ in range(3)]

    for name in ("state", "nonce", "verifier"):
        assert len({getattr(journey, name) for journey in journeys}) == 3
        assert all(len(getattr(journey, name)) >= 43 for journey in journeys)


def test_a_code_is_valid_once(provider: Provider) -> None:
    journey = provider.client.start(redirect_uri=REDIRECT, channel="app-pay")
    answer = provider.agree(journey)
    provider.client.finish(journey, answer=answer)

    with pytest.raises(IdentityRefused):
        provider.client.finish(journey, answer=answer)


def test_an_answer_is_good_only_in_the_browser_that_asked(provider: Provider) -> None:
    theirs = provider.client.start(redirect_uri=REDIRECT, channel="app-pay")
    mine = provider.client.start(redirect_uri=REDIRECT, channel="app-pay")
    answer = provider.agree(theirs)

    with pytest.raises(IdentityForged):
        provider.client.finish(mine, answer=answer)
    with pytest.raises(IdentityRefused):
        provider.client.finish(mine, answer=answer | {"state": mine.state})


# Only our sandbox.


def test_who_declines_is_not_signed_in(sandbox: Provider) -> None:
    journey = sandbox.client.start(redirect_uri=REDIRECT, channel="app-pay")

    with pytest.raises(IdentityRefused) as refusal:
        sandbox.client.finish(journey, answer=agreed(journey, answer="refuse"))
    assert refusal.value.reason == "declined"


def test_a_card_of_the_first_level_is_enough_unless_more_is_asked(essc: Sandbox) -> None:
    client = client_of(essc)
    journey = client.start(redirect_uri=REDIRECT, channel="")
    assert client.finish(journey, answer=agreed(journey, FIRST_LEVEL_PHONE)).level == 1

    strict = client_of(essc, least_level=2)
    journey = strict.start(redirect_uri=REDIRECT, channel="")
    with pytest.raises(IdentityRefused) as refusal:
        strict.finish(journey, answer=agreed(journey, FIRST_LEVEL_PHONE))
    assert refusal.value.reason == "level"


@pytest.mark.parametrize(
    "switch", ["wrong_issuer", "forged_signature", "wrong_nonce", "wrong_audience", "expired_token"]
)
def test_a_provider_that_misbehaves_signs_nobody_in(sandbox: Provider, essc: Sandbox, switch: str) -> None:
    essc.press("essc", **{switch: 1})
    journey = sandbox.client.start(redirect_uri=REDIRECT, channel="app-pay")

    with pytest.raises(IdentityForged):
        sandbox.client.finish(journey, answer=agreed(journey))


def test_an_outage_is_unavailable_and_over_when_it_is_over(sandbox: Provider, essc: Sandbox) -> None:
    essc.press("essc", outage=1)
    for attempt in (
        lambda: sandbox.client.start(redirect_uri=REDIRECT, channel=""),
        lambda: sandbox.client.show_qr(match="42", seconds=60),
        lambda: sandbox.client.follow_qr("r-1"),
    ):
        with pytest.raises(IdentityUnavailable):
            attempt()

    essc.release("essc")
    assert sandbox.client.start(redirect_uri=REDIRECT, channel="").state


def test_an_outage_between_the_question_and_the_answer_signs_nobody_in(sandbox: Provider, essc: Sandbox) -> None:
    journey = sandbox.client.start(redirect_uri=REDIRECT, channel="")
    answer = agreed(journey)
    essc.press("essc", outage=1)

    with pytest.raises(IdentityUnavailable):
        sandbox.client.finish(journey, answer=answer)


def test_a_simulated_provider_says_where_its_phones_are() -> None:
    settings = {"issuer": "https://card.example", "client_id": "c", "client_secret": "s"}

    assert (
        OidcIdentityProvider(**settings, phone_url="http://127.0.0.1:1/phone").phone_url() == "http://127.0.0.1:1/phone"
    )
    assert OidcIdentityProvider(**settings).phone_url() is None


# Scanned requests.


def answer_scan(shown: QrRequest, choice: str = "", answer: str = "approve", number: str = PHONE) -> None:
    with phone_of(number) as phone:
        assert phone.get(shown.uri).status_code == 200
        assert phone.post(shown.uri, data={"answer": answer, "choice": choice}).status_code == 303


def test_who_approves_on_the_phone_is_known_by_their_card(sandbox: Provider) -> None:
    shown = sandbox.client.show_qr(match="42", seconds=120)
    assert sandbox.client.follow_qr(shown.reference).state == "waiting"
    with phone_of() as phone:
        phone.get(shown.uri)
    assert sandbox.client.follow_qr(shown.reference).state == "scanned"

    answer_scan(shown, "42")
    progress = sandbox.client.follow_qr(shown.reference)
    assert progress.state == "approved"

    holder = sandbox.client.finish_qr(shown, code=progress.code)
    assert (holder.subject, holder.id_number) == (sandbox.expected.subject, sandbox.expected.id_number)


def test_the_phone_says_who_asks_and_from_where(sandbox: Provider) -> None:
    shown = sandbox.client.show_qr(match="42", seconds=120, device="Firefox · Ubuntu")

    with phone_of() as phone:
        page = phone.get(shown.uri).text

    assert "就业在线" in page
    assert "Firefox · Ubuntu" in page


def test_the_picture_does_not_tell_what_only_we_may_know(sandbox: Provider) -> None:
    shown = sandbox.client.show_qr(match="42", seconds=120)

    assert shown.reference not in shown.uri
    assert shown.seconds == 120
    assert sandbox.client.follow_qr(shown.uri.rsplit("/", 1)[1]).state == "expired"


def test_another_number_than_the_one_shown_refuses(sandbox: Provider) -> None:
    shown = sandbox.client.show_qr(match="42", seconds=120)
    answer_scan(shown, "43")

    progress = sandbox.client.follow_qr(shown.reference)
    assert (progress.state, progress.code) == ("refused", "")


def test_a_refusal_on_the_phone_is_told(sandbox: Provider) -> None:
    shown = sandbox.client.show_qr(match="42", seconds=120)
    answer_scan(shown, answer="refuse")

    assert sandbox.client.follow_qr(shown.reference).state == "refused"


def test_a_scanned_code_is_single_use_and_needs_its_own_secrets(sandbox: Provider) -> None:
    shown = sandbox.client.show_qr(match="42", seconds=120)
    answer_scan(shown, "42")
    code = sandbox.client.follow_qr(shown.reference).code
    others = sandbox.client.show_qr(match="42", seconds=120)

    with pytest.raises(IdentityRefused):
        sandbox.client.finish_qr(replace(others, reference=shown.reference), code=code)
    with pytest.raises(IdentityRefused):
        sandbox.client.finish_qr(shown, code=code)


def test_a_token_for_another_request_is_forged(sandbox: Provider, essc: Sandbox) -> None:
    shown = sandbox.client.show_qr(match="42", seconds=120)
    answer_scan(shown, "42")
    essc.press("essc", wrong_nonce=1)

    with pytest.raises(IdentityForged):
        sandbox.client.finish_qr(shown, code=sandbox.client.follow_qr(shown.reference).code)


def test_a_client_with_a_wrong_secret_is_told_nothing(sandbox: Provider, essc: Sandbox) -> None:
    stranger = client_of(essc, client_secret="wrong", breaker=CircuitBreaker(failures=99))
    shown = sandbox.client.show_qr(match="42", seconds=120)

    for attempt in (lambda: stranger.follow_qr(shown.reference), lambda: stranger.show_qr(match="42", seconds=60)):
        with pytest.raises(IdentityUnavailable):
            attempt()
