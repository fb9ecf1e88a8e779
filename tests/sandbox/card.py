"""A website that uses the card service, for tests of the sandbox alone."""

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

HOLDER = "19900001001"
CREDENTIALS = ("jiuye-online", "sandbox-essc-secret")
VERIFIER = "a-verifier-that-only-the-asking-side-knows-0123456789"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
SCOPE = "openid profile phone essc"


class Website:
    """The registered client: its requests, and what it reads from the answers."""

    def __init__(self, browser: FlaskClient, origin: str) -> None:
        self.browser = browser
        self.callback = f"{origin}/sso/essc/callback"

    def question(self, **changes: str | None) -> str:
        """The authorisation request; a parameter set to None is left out."""
        usual: dict[str, str | None] = {
            "response_type": "code",
            "client_id": "jiuye-online",
            "redirect_uri": self.callback,
            "scope": SCOPE,
            "state": "state-1",
            "nonce": "nonce-1",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
            "channel": "app-pay",
        }
        given = {name: value for name, value in {**usual, **changes}.items() if value is not None}
        return f"/essc/authorize?{urlencode(given)}"

    def code(self, phone: str = HOLDER, **changes: str | None) -> str:
        """The code, after the holder of the phone agreed."""
        told = self.browser.post(f"/phone/{phone}/authorize", json={"url": self.question(**changes)}).get_json()
        return answer_in(told["location"])["code"]

    def redeem(
        self, code: str, *, credentials: tuple[str, str] | None = CREDENTIALS, **changes: str | None
    ) -> TestResponse:
        """The token request."""
        usual: dict[str, str | None] = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.callback,
            "code_verifier": VERIFIER,
        }
        form = {name: value for name, value in {**usual, **changes}.items() if value is not None}
        return self.browser.post("/essc/token", data=form, auth=credentials)

    def userinfo(self, access_token: str) -> TestResponse:
        return self.browser.get("/essc/userinfo", headers={"Authorization": f"Bearer {access_token}"})

    def show_qr(self, *, credentials: tuple[str, str] | None = CREDENTIALS, **changes: str | None) -> TestResponse:
        """A new request to be scanned."""
        usual: dict[str, str | None] = {
            "scope": SCOPE,
            "nonce": "nonce-of-the-code",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
            "match": "42",
            "expires_in": "120",
        }
        form = {name: value for name, value in {**usual, **changes}.items() if value is not None}
        return self.browser.post("/essc/qr", data=form, auth=credentials)

    def follow(self, shown: dict[str, Any]) -> dict[str, Any]:
        """The state of the request."""
        told: dict[str, Any] = self.browser.post(f"/essc/qr/{shown['reference']}", auth=CREDENTIALS).get_json()
        return told

    def scan(self, shown: dict[str, Any], phone: str = HOLDER, **answer: str) -> dict[str, Any]:
        """What the phone's holder does with the QR code."""
        told: dict[str, Any] = self.browser.post(
            f"/phone/{phone}/scan", json={"qr": shown["qr_uri"], **answer}
        ).get_json()
        return told


def answer_in(location: str) -> dict[str, str]:
    """The parameters of a redirect back."""
    return dict(parse_qsl(urlsplit(location).query))
