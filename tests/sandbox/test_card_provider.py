"""The card service as an OpenID provider: strict with every client."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet

from jiuye.sandbox import people
from tests.sandbox.card import HOLDER, Website, answer_in
from tests.sandbox.conftest import Clock
from tests.sandbox.receiving import Site

ISSUER = "http://localhost/essc"


@pytest.fixture
def website(visitor: FlaskClient, site: Site) -> Website:
    return Website(visitor, site.url)


def id_token(website: Website, token: str) -> jwt.Token:
    keys = KeySet.import_key_set(website.browser.get("/essc/jwks").get_json())
    return jwt.decode(token, keys, algorithms=["ES256"])


def press(website: Website, **switches: float) -> None:
    assert website.browser.patch("/control/essc/switches", json=switches).status_code == 200


def test_discovery_names_what_there_is(website: Website) -> None:
    told = website.browser.get("/essc/.well-known/openid-configuration").get_json()

    assert told["issuer"] == ISSUER
    assert told["qr_authorization_endpoint"] == f"{ISSUER}/qr"
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert told["authorization_response_iss_parameter_supported"] is True


def test_only_public_halves_of_keys_are_published(website: Website) -> None:
    keys = website.browser.get("/essc/jwks").get_json()["keys"]

    assert {key["alg"] for key in keys} == {"ES256", "RS256"}
    assert not any("d" in key for key in keys)


def test_a_code_brings_an_id_token_that_answers_the_question(website: Website) -> None:
    tokens = website.redeem(website.code()).get_json()

    claims = id_token(website, tokens["id_token"]).claims
    holder = people.by_phone(HOLDER)
    assert holder
    assert claims["iss"] == ISSUER
    assert claims["sub"] == holder.subject
    assert claims["aud"] == claims["azp"] == "jiuye-online"
    assert claims["nonce"] == "nonce-1"
    assert claims["acr"] == "essc:2"
    assert claims["auth_time"] <= claims["iat"] < claims["exp"]
    assert tokens["token_type"] == "Bearer"


def test_userinfo_tells_the_holder(website: Website) -> None:
    access_token = website.redeem(website.code()).get_json()["access_token"]

    holder = people.by_phone(HOLDER)
    assert holder
    assert website.userinfo(access_token).get_json() == {
        "sub": holder.subject,
        "name": "林知夏",
        "phone_number": f"+86{HOLDER}",
        "phone_number_verified": True,
        "id_number": holder.id_number,
        "issuing_region": "330100",
        "card_level": 2,
    }


def test_userinfo_tells_no_more_than_the_scope(website: Website) -> None:
    access_token = website.redeem(website.code(scope="openid profile")).get_json()["access_token"]

    assert set(website.userinfo(access_token).get_json()) == {"sub", "name"}


def test_the_level_of_the_card_is_told(website: Website) -> None:
    tokens = website.redeem(website.code("19900000102")).get_json()

    assert id_token(website, tokens["id_token"]).claims["acr"] == "essc:1"


def test_the_redirect_carries_state_and_issuer(website: Website) -> None:
    told = website.browser.post(f"/phone/{HOLDER}/authorize", json={"url": website.question()}).get_json()

    assert told["location"].startswith(f"{website.callback}?")
    assert answer_in(told["location"])["state"] == "state-1"
    assert answer_in(told["location"])["iss"] == ISSUER


# Redeeming


def test_a_code_is_single_use_and_its_replay_revokes_what_it_brought(website: Website) -> None:
    code = website.code()
    access_token = website.redeem(code).get_json()["access_token"]

    replayed = website.redeem(code)

    assert (replayed.status_code, replayed.get_json()["error"]) == (400, "invalid_grant")
    assert website.userinfo(access_token).status_code == 401


@pytest.mark.parametrize(
    "fault",
    [
        {"code_verifier": "another-verifier-that-does-not-belong-to-it-0123456789"},
        {"redirect_uri": "https://site.example/elsewhere"},
        {"redirect_uri": None},
        {"code": "no-such-code"},
    ],
)
def test_a_code_is_not_redeemed_for_somebody_else(website: Website, fault: dict[str, str | None]) -> None:
    code = website.code()

    refused = website.redeem(**{"code": code, **fault})  # type: ignore[arg-type]

    assert (refused.status_code, refused.get_json()["error"]) == (400, "invalid_grant")


def test_a_failed_attempt_uses_the_code_up(website: Website) -> None:
    code = website.code()
    website.redeem(code, code_verifier="a-guess-of-somebody-who-saw-the-code-pass-by-0123456789")

    assert website.redeem(code).status_code == 400


def test_a_code_expires_after_a_minute(website: Website, clock: Clock) -> None:
    code = website.code()
    clock.forward(61)

    assert website.redeem(code).get_json()["error"] == "invalid_grant"


def test_an_access_token_expires(website: Website, clock: Clock) -> None:
    access_token = website.redeem(website.code()).get_json()["access_token"]
    clock.forward(301)

    assert website.userinfo(access_token).status_code == 401


@pytest.mark.parametrize("credentials", [None, ("jiuye-online", "wrong"), ("somebody", "sandbox-essc-secret")])
def test_only_the_client_redeems_and_a_stranger_does_not_spoil_the_code(
    website: Website, credentials: tuple[str, str] | None
) -> None:
    code = website.code()

    refused = website.redeem(code, credentials=credentials)

    assert (refused.status_code, refused.get_json()["error"]) == (401, "invalid_client")
    assert refused.headers["WWW-Authenticate"].startswith("Basic")
    assert website.redeem(code).status_code == 200


def test_credentials_in_the_form_are_not_taken(website: Website) -> None:
    refused = website.redeem(
        website.code(), credentials=None, client_id="jiuye-online", client_secret="sandbox-essc-secret"
    )

    assert refused.status_code == 401


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"code_verifier": None}, "invalid_request"),
        ({"code": None}, "invalid_request"),
    ],
)
def test_a_malformed_token_request_is_refused(website: Website, fault: dict[str, str | None], error: str) -> None:
    refused = website.redeem(**{"code": website.code(), **fault})  # type: ignore[arg-type]

    assert (refused.status_code, refused.get_json()["error"]) == (400, error)


# Asking


@pytest.mark.parametrize(
    "fault",
    [
        {"client_id": "somebody"},
        {"client_id": None},
        {"redirect_uri": "https://attacker.example/sso/essc/callback"},
        {"redirect_uri": None},
    ],
)
def test_nobody_is_redirected_to_an_unregistered_address(website: Website, fault: dict[str, str | None]) -> None:
    shown = website.browser.get(website.question(**fault))

    assert shown.status_code == 400
    assert "Location" not in shown.headers
    assert "无法识别的网站" in shown.get_data(as_text=True)


def test_the_redirect_address_is_compared_letter_by_letter(website: Website) -> None:
    for near in (f"{website.callback}/", f"{website.callback}?x=1", website.callback.replace("http:", "HTTP:")):
        assert website.browser.get(website.question(redirect_uri=near)).status_code == 400


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_mode": "fragment"}, "invalid_request"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"request": "eyJ9.e30."}, "request_not_supported"),
        ({"request_uri": "https://site.example/r"}, "request_uri_not_supported"),
        ({"prompt": "none login"}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
    ],
)
def test_a_faulty_question_is_answered_to_the_website(
    website: Website, fault: dict[str, str | None], error: str
) -> None:
    sent_back = website.browser.get(website.question(**fault))

    assert sent_back.status_code == 303
    assert answer_in(sent_back.location)["error"] == error
    assert answer_in(sent_back.location)["state"] == "state-1"
    assert answer_in(sent_back.location)["iss"] == ISSUER


def test_a_repeated_parameter_is_refused(website: Website) -> None:
    sent_back = website.browser.get(website.question() + "&nonce=another")

    assert answer_in(sent_back.location)["error"] == "invalid_request"


def test_a_question_may_come_as_a_form_from_the_website(website: Website) -> None:
    address, _, query = website.question().partition("?")

    sent_on = website.browser.post(address, data=dict(parse_qsl(query)), headers={"Origin": "https://site.example"})

    assert sent_on.location == website.question()


# Misbehaving


def test_in_an_outage_nothing_is_answered(website: Website) -> None:
    press(website, outage=1)

    for path in (
        "/essc/.well-known/openid-configuration",
        "/essc/jwks",
        "/essc/userinfo",
        website.question(),
        "/essc/scan",
    ):
        assert website.browser.get(path).status_code == 503
    assert website.redeem("any").status_code == 503
    assert website.show_qr().status_code == 503


def test_a_mixed_up_issuer_stands_in_the_redirect_and_in_the_token(website: Website) -> None:
    press(website, wrong_issuer=1)

    told = website.browser.post(f"/phone/{HOLDER}/authorize", json={"url": website.question()}).get_json()
    tokens = website.redeem(answer_in(told["location"])["code"]).get_json()

    assert urlsplit(answer_in(told["location"])["iss"]).hostname == "issuer.example"
    assert id_token(website, tokens["id_token"]).claims["iss"] != ISSUER


def test_a_forged_signature_names_the_published_key(website: Website) -> None:
    press(website, forged_signature=1)

    tokens = website.redeem(website.code()).get_json()

    with pytest.raises(BadSignatureError):
        id_token(website, tokens["id_token"])


@pytest.mark.parametrize(("switch", "claim"), [("wrong_nonce", "nonce"), ("wrong_audience", "aud")])
def test_a_switch_makes_one_claim_wrong(website: Website, switch: str, claim: str) -> None:
    right = id_token(website, website.redeem(website.code()).get_json()["id_token"]).claims
    press(website, **{switch: 1})

    wrong = id_token(website, website.redeem(website.code()).get_json()["id_token"]).claims

    assert wrong[claim] != right[claim]


def test_an_expired_token_was_valid_before(website: Website) -> None:
    press(website, expired_token=1)

    claims = id_token(website, website.redeem(website.code()).get_json()["id_token"]).claims

    assert claims["iat"] < claims["exp"] < claims["auth_time"]
