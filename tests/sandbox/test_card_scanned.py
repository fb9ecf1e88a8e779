"""QR requests: the website polls, the phone answers, neither can act as the other."""

import pytest
from flask.testing import FlaskClient

from tests.sandbox.card import CREDENTIALS, HOLDER, Website
from tests.sandbox.conftest import Clock
from tests.sandbox.receiving import Site

ANOTHER = "19900001002"


@pytest.fixture
def website(visitor: FlaskClient, site: Site) -> Website:
    return Website(visitor, site.url)


def wrong(choices: list[str]) -> str:
    return next(choice for choice in choices if choice != "42")


def test_a_request_waits_is_scanned_and_approved_with_the_right_number(website: Website) -> None:
    shown = website.show_qr().get_json()
    assert (shown["expires_in"], shown["interval"]) == (120, 1)
    assert website.follow(shown) == {"state": "waiting"}

    assert website.scan(shown)["state"] == "scanned"
    assert website.follow(shown) == {"state": "scanned"}

    assert website.scan(shown, choice="42")["state"] == "approved"
    assert set(website.follow(shown)) == {"state", "code"}


def test_the_code_is_redeemed_without_redirect_uri_and_only_once(website: Website) -> None:
    shown = website.show_qr().get_json()
    website.scan(shown, choice="42")
    code = website.follow(shown)["code"]

    tokens = website.redeem(code, redirect_uri=None).get_json()

    assert website.userinfo(tokens["access_token"]).get_json()["name"] == "林知夏"
    assert website.follow(shown) == {"state": "approved"}
    assert website.redeem(code, redirect_uri=None).get_json()["error"] == "invalid_grant"


def test_the_code_needs_the_verifier_of_the_request(website: Website) -> None:
    shown = website.show_qr().get_json()
    website.scan(shown, choice="42")
    code = website.follow(shown)["code"]

    refused = website.redeem(code, redirect_uri=None, code_verifier="of-another-request-" * 3)

    assert refused.get_json()["error"] == "invalid_grant"


def test_the_phone_chooses_among_three_numbers(website: Website) -> None:
    choices = website.scan(website.show_qr().get_json())["choices"]

    assert len(set(choices)) == 3
    assert "42" in choices
    assert all(len(choice) == 2 and choice.isdigit() for choice in choices)


def test_a_wrong_number_refuses_for_good(website: Website) -> None:
    shown = website.show_qr().get_json()
    choices = website.scan(shown)["choices"]

    assert website.scan(shown, choice=wrong(choices))["state"] == "refused"
    assert website.scan(shown, choice="42")["state"] == "refused"
    assert website.follow(shown) == {"state": "refused"}


def test_the_holder_may_refuse(website: Website) -> None:
    shown = website.show_qr().get_json()
    website.scan(shown, answer="refuse")

    assert website.follow(shown) == {"state": "refused"}


def test_the_first_phone_keeps_the_request(website: Website) -> None:
    shown = website.show_qr().get_json()
    website.scan(shown)

    assert website.scan(shown, phone=ANOTHER, choice="42")["state"] == "scanned"
    assert website.follow(shown) == {"state": "scanned"}


def test_a_request_expires(website: Website, clock: Clock) -> None:
    shown = website.show_qr(expires_in="30").get_json()
    website.scan(shown)
    clock.forward(31)

    assert website.follow(shown) == {"state": "expired"}
    assert website.scan(shown, choice="42")["state"] == "expired"


def test_an_approved_request_gives_its_code_for_a_minute_only(website: Website, clock: Clock) -> None:
    shown = website.show_qr().get_json()
    website.scan(shown, choice="42")
    clock.forward(61)

    assert website.follow(shown) == {"state": "approved"}


def test_the_picture_does_not_hold_the_websites_name_for_the_request(website: Website) -> None:
    shown = website.show_qr().get_json()

    assert shown["reference"] not in shown["qr_uri"]
    token = shown["qr_uri"].rsplit("/", 1)[1]
    assert website.browser.post(f"/essc/qr/{token}", auth=CREDENTIALS).status_code == 404


def test_only_the_client_makes_and_follows_requests(website: Website) -> None:
    shown = website.show_qr().get_json()

    assert website.show_qr(credentials=None).status_code == 401
    assert website.browser.post(f"/essc/qr/{shown['reference']}").status_code == 401


@pytest.mark.parametrize(
    "fault",
    [
        {"scope": "profile"},
        {"nonce": None},
        {"code_challenge": None},
        {"code_challenge_method": "plain"},
        {"match": "4"},
        {"match": "４２"},
        {"expires_in": "121"},
        {"expires_in": "0"},
        {"expires_in": "soon"},
    ],
)
def test_a_malformed_request_is_refused(website: Website, fault: dict[str, str | None]) -> None:
    refused = website.show_qr(**fault)  # type: ignore[arg-type]

    assert (refused.status_code, refused.get_json()["error"]) == (400, "invalid_request")


def test_a_text_that_is_no_code_of_ours_is_not_scanned(website: Website) -> None:
    for text in ("", "https://site.example/", "http://localhost/essc/scan/none"):
        assert website.browser.post(f"/phone/{HOLDER}/scan", json={"qr": text}).status_code == 404
