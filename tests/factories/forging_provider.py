"""An OpenID provider that is honest until a test makes it lie: tokens of any shape, wrong addresses, silence."""

import base64
import hmac
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from flask import Flask, Response, jsonify, request
from joserfc import jwt
from joserfc.jwk import ECKey, Key

from jiuye.ports.identity import Journey
from tests.factories.sandbox import free_port
from tests.factories.web_server import served

CLIENT_ID, CLIENT_SECRET = "jiuye-online", "secret at the forging provider"
PERSON: dict[str, Any] = {
    "sub": "s-1",
    "name": "欧阳小满",
    "id_number": "110101199003070011",
    "phone_number": "+8613800000031",
    "phone_number_verified": True,
    "issuing_region": "110101",
}


def new_key(kid: str) -> ECKey:
    """A key for ES256."""
    return ECKey.generate_key("P-256", {"kid": kid, "use": "sig", "alg": "ES256"}, private=True)


def unsigned(claims: Mapping[str, Any]) -> str:
    """Return a token with algorithm `none`."""
    parts = [json.dumps({"alg": "none", "typ": "JWT"}), json.dumps(claims)]
    return ".".join(_base64(part.encode()) for part in parts) + "."


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def signed(claims: Mapping[str, Any], key: Key, algorithm: str = "ES256", **header: str) -> str:
    """Return a token signed with `key`; its id is included unless `header` says otherwise."""
    return jwt.encode({"alg": algorithm, "kid": key.kid, **header}, dict(claims), key, algorithms=[algorithm])


def signed_with_public_key(claims: Mapping[str, Any], key: ECKey) -> str:
    """Return a token "signed" HS256 with the published key as the secret, valid only for a verifier that confuses them.

    Made by hand, because joserfc refuses to.
    """
    head = _base64(json.dumps({"alg": "HS256", "typ": "JWT", "kid": key.kid}).encode())
    body = f"{head}.{_base64(json.dumps(claims).encode())}"
    return f"{body}.{_base64(hmac.digest(key.as_pem(private=False), body.encode(), 'sha256'))}"


class ForgingProvider:
    """The provider's answers, changed by tests. `calls` counts requests by path."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.key = new_key("k-1")
        self.configuration: dict[str, Any] = {
            "issuer": issuer,
            **{name: f"{issuer}/{path}" for name, path in _ADDRESSES.items()},
        }
        self.published: list[Any] = [self.key.as_dict(private=False)]
        self.claims: dict[str, Any] = {}
        self.forge: Callable[[Mapping[str, Any]], str] = lambda claims: signed(claims, self.key)
        self.userinfo: dict[str, Any] = dict(PERSON)
        self.token: dict[str, Any] = {}
        self.qr: dict[str, Any] = {}
        self.statuses: dict[str, int] = {}
        self.silent: set[str] = set()
        self.end = threading.Event()
        self.calls: Counter[str] = Counter()
        self.asked: dict[str, str] = {}
        self.codes = {"c-1"}

    def ask(self, journey: Journey) -> dict[str, str]:
        """Return the answer of the request, as the browser would bring it back."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(journey.url).query).items()}
        return {"state": self.asked["state"], "iss": self.issuer, "code": "c-1"}

    def id_token(self) -> str:
        """Return the ID token of the last request with this test's changes: None removes a claim, times are seconds from now."""
        moment = int(time.time())
        times = {name: moment + value for name, value in self.claims.items() if name in ("exp", "iat") and value}
        claims = {
            "iss": self.issuer,
            "sub": PERSON["sub"],
            "aud": CLIENT_ID,
            "exp": moment + 300,
            "iat": moment,
            "nonce": self.asked.get("nonce", ""),
            "acr": "essc:2",
            **self.claims,
            **times,
        }
        return self.forge({name: value for name, value in claims.items() if value is not None})

    def redeem(self) -> tuple[dict[str, Any], int]:
        """The token endpoint: a code once, and only with its verifier."""
        form = request.form
        proven = create_s256_code_challenge(form.get("code_verifier", "")) == self.asked.get("code_challenge")
        authorised = request.authorization is not None and request.authorization.username == CLIENT_ID
        if not authorised:
            return {"error": "invalid_client"}, 401
        if form.get("code") not in self.codes or not proven:
            return {"error": "invalid_grant"}, 400
        self.codes.discard(form["code"])
        return {"access_token": "at-1", "token_type": "Bearer", "id_token": self.id_token(), **self.token}, 200


_ADDRESSES = {
    "authorization_endpoint": "authorize",
    "token_endpoint": "token",
    "userinfo_endpoint": "userinfo",
    "jwks_uri": "jwks",
    "qr_authorization_endpoint": "qr",
}


def _application(provider: ForgingProvider) -> Flask:
    application = Flask(__name__)

    @application.before_request
    def behave() -> Response | None:
        path = request.path.strip("/").split("/")[0]
        provider.calls[path] += 1
        if path in provider.silent:
            provider.end.wait(30)
        if path in provider.statuses:
            return Response(b"{}", status=provider.statuses[path], headers={"Location": f"{provider.issuer}/elsewhere"})
        return None

    @application.get("/.well-known/openid-configuration")
    def configuration() -> Response:
        return jsonify(provider.configuration)

    @application.get("/jwks")
    def jwks() -> Response:
        return jsonify(keys=provider.published)

    @application.post("/token")
    def token() -> tuple[Response, int]:
        told, status = provider.redeem()
        return jsonify(told), status

    @application.get("/userinfo")
    def userinfo() -> Response:
        return jsonify(provider.userinfo)

    @application.post("/qr")
    @application.post("/qr/<reference>")
    def qr(reference: str = "") -> Response:
        return jsonify(provider.qr)

    return application


@contextmanager
def running_forging_provider() -> Iterator[ForgingProvider]:
    """Run the provider within the block; ends even while a request is waiting."""
    port = free_port()
    provider = ForgingProvider(f"http://127.0.0.1:{port}")
    with served(_application(provider), port):
        yield provider
        provider.end.set()
