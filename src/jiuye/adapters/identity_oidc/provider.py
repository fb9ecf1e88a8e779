"""The client: authorization code flow with PKCE (RFC 7636) and issuer identification (RFC 9207), and the QR request."""

import hmac
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast, get_args
from urllib.parse import quote, quote_plus

import structlog
from authlib.oauth2 import OAuth2Error
from authlib.oauth2.client import OAuth2Client
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from jiuye.adapters.circuit_breaker import CircuitBreaker
from jiuye.adapters.identity_oidc.metadata import Metadata
from jiuye.adapters.identity_oidc.tokens import card_holder, level_of, read_id_token
from jiuye.adapters.identity_oidc.wire import Wire, as_object, require_secure, text
from jiuye.ports.identity import (
    CardHolder,
    IdentityError,
    IdentityForged,
    IdentityProvider,
    IdentityRefused,
    IdentityUnavailable,
    Journey,
    QrProgress,
    QrRequest,
    QrState,
)

log = structlog.get_logger("identity")
SCOPE = "openid profile phone essc"
LONGEST_QR_SECONDS = 120

# OAuth 2.0 §4.1.2.1, OpenID Connect Core §3.1.2.6 and its "Unmet Authentication Requirements" supplement.
_DECLINED = frozenset({"access_denied", "consent_required", "interaction_required", "login_required"})
_AILING = frozenset({"server_error", "temporarily_unavailable"})
_OUR_FAULT = frozenset({"invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope"})


class OidcIdentityProvider(IdentityProvider):
    """An `IdentityProvider`. `issuer` is compared exactly; `least_level` is the card level a sign-in requires.

    `phone_url` only for a simulated provider. `fresh_seconds`: how recently the provider must have responded before a
    browser is sent there, so that people see our message about an outage instead of a dead address. `breaker` is for
    tests. Raise ValueError for an issuer without TLS outside this machine.
    """

    def __init__(
        self,
        *,
        issuer: str,
        client_id: str,
        client_secret: str,
        least_level: int = 1,
        phone_url: str = "",
        fresh_seconds: float = 5,
        breaker: CircuitBreaker | None = None,
    ) -> None:
        require_secure(issuer)
        self._client_id = client_id
        # RFC 6749 §2.3.1: both are form-encoded before they go into the Basic header.
        self._credentials = (quote_plus(client_id), quote_plus(client_secret))
        self._least_level = least_level
        self._phone_url = phone_url.rstrip("/")
        self._fresh_seconds = fresh_seconds
        self._wire = Wire(breaker or CircuitBreaker())
        self._metadata = Metadata(self._wire, issuer)

    def start(self, *, redirect_uri: str, channel: str, asks_consent: bool = False) -> Journey:
        """See `IdentityProvider.start`."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        extra = ({"channel": channel} if channel else {}) | ({"prompt": "consent"} if asks_consent else {})
        url, _ = self._oauth().create_authorization_url(
            self._metadata.endpoint("authorization_endpoint", not_older_than=self._fresh_seconds),
            state=state,
            code_verifier=verifier,
            redirect_uri=redirect_uri,
            nonce=nonce,
            acr_values=self._acr_values(),
            **extra,
        )
        return Journey(url=url, state=state, nonce=nonce, verifier=verifier, redirect_uri=redirect_uri)

    def finish(self, journey: Journey, *, answer: Mapping[str, str]) -> CardHolder:
        """See `IdentityProvider.finish`."""
        with _logged():
            return self._finish(journey, answer)

    def _finish(self, journey: Journey, answer: Mapping[str, str]) -> CardHolder:
        """Check that the answer matches our request, then read it."""
        if not hmac.compare_digest(text(answer, "state").encode(), journey.state.encode()):
            raise IdentityForged("an answer to another question: state differs")
        if answer.get("iss") != self._metadata.issuer:
            raise IdentityForged("an answer of another provider, or of none: iss differs (RFC 9207)")
        if "error" in answer:
            raise _authorization_error(answer["error"])
        return self._redeem(
            text(answer, "code"), verifier=journey.verifier, nonce=journey.nonce, redirect_uri=journey.redirect_uri
        )

    def show_qr(self, *, match: str, seconds: int, device: str = "") -> QrRequest:
        """See `IdentityProvider.show_qr`."""
        nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        form = {
            "scope": SCOPE,
            "nonce": nonce,
            "code_challenge": create_s256_code_challenge(verifier),
            "code_challenge_method": "S256",
            "match": match,
            "expires_in": str(min(seconds, LONGEST_QR_SECONDS)),
            "acr_values": self._acr_values(),
            "device": device,
        }
        address = self._metadata.endpoint("qr_authorization_endpoint")
        made = as_object(self._wire.once(lambda: self._wire.client.post(address, data=form, auth=self._credentials)))
        uri, reference, lifetime = text(made, "qr_uri"), text(made, "reference"), made.get("expires_in")
        if not uri or not reference or not isinstance(lifetime, int) or not 0 < lifetime <= LONGEST_QR_SECONDS:
            raise IdentityUnavailable("the card service's scan request makes no sense")
        return QrRequest(uri=uri, reference=reference, nonce=nonce, verifier=verifier, seconds=min(lifetime, seconds))

    def follow_qr(self, reference: str) -> QrProgress:
        """See `IdentityProvider.follow_qr`."""
        address = f"{self._metadata.endpoint('qr_authorization_endpoint').rstrip('/')}/{quote(reference, safe='')}"
        answer = self._wire.repeat("POST", address, auth=self._credentials)
        if answer.status_code == 404:
            return QrProgress("expired")
        told = as_object(answer)
        state = text(told, "state")
        if state not in get_args(QrState):
            raise IdentityUnavailable("the card service names a state that does not exist")
        return QrProgress(cast(QrState, state), text(told, "code") if state == "approved" else "")

    def finish_qr(self, request: QrRequest, *, code: str) -> CardHolder:
        """See `IdentityProvider.finish_qr`."""
        with _logged():
            return self._redeem(code, verifier=request.verifier, nonce=request.nonce)

    def phone_url(self) -> str | None:
        """See `IdentityProvider.phone_url`."""
        return self._phone_url or None

    def _acr_values(self) -> str:
        return f"essc:{self._least_level}"

    def _oauth(self) -> OAuth2Client:
        """Return a client for one exchange: Authlib's keeps the last token, which threads must not share."""
        return OAuth2Client(
            self._wire.client,
            client_id=self._client_id,
            scope=SCOPE,
            code_challenge_method="S256",
        )

    def _redeem(self, code: str, *, verifier: str, nonce: str, redirect_uri: str | None = None) -> CardHolder:
        """Return the person of a code, by token, ID token and userinfo."""
        if not code:
            raise IdentityForged("an answer without a code")
        tokens = self._tokens(code, verifier, redirect_uri)
        access_token, id_token = text(tokens, "access_token"), text(tokens, "id_token")
        if not access_token or not id_token or text(tokens, "token_type").lower() != "bearer":
            raise IdentityUnavailable("the card service's token answer makes no sense")
        claims = read_id_token(
            id_token, metadata=self._metadata, client_id=self._client_id, nonce=nonce, access_token=access_token
        )
        level = level_of(claims, self._least_level)
        userinfo = self._userinfo(access_token)
        return card_holder(userinfo, claims=claims, issuer=self._metadata.issuer, level=level)

    def _tokens(self, code: str, verifier: str, redirect_uri: str | None) -> Mapping[str, Any]:
        """Exchange the code once: a code is for single use, and a second attempt makes the provider revoke the first."""
        address = self._metadata.endpoint("token_endpoint")
        oauth = self._oauth()
        try:
            return self._wire.once(
                lambda: cast(
                    Mapping[str, Any],
                    oauth.fetch_token(
                        address, code=code, code_verifier=verifier, redirect_uri=redirect_uri, auth=self._credentials
                    ),
                )
            )
        except OAuth2Error as problem:
            raise _token_error(str(problem.error)) from problem

    def _userinfo(self, access_token: str) -> dict[str, Any]:
        answer = self._wire.repeat(
            "GET",
            self._metadata.endpoint("userinfo_endpoint"),
            headers={"Authorization": f"Bearer {access_token}"},
        )
        if answer.status_code in (401, 403):
            raise IdentityRefused("invalid", "the card service does not take its own token")
        return as_object(answer)


@contextmanager
def _logged() -> Iterator[None]:
    """Log why nobody was identified: users are told less. No message of an IdentityError holds personal data."""
    try:
        yield
    except IdentityError as problem:
        log.warning("identity.nobody", kind=type(problem).__name__, why=str(problem))
        raise


def _authorization_error(error: str) -> IdentityError:
    if error in _DECLINED:
        return IdentityRefused("declined", error)
    if error == "unmet_authentication_requirements":
        return IdentityRefused("level", error)
    if error in _AILING:
        return IdentityUnavailable(f"the card service answered {error}")
    return IdentityRefused("invalid", error[:100])


def _token_error(error: str) -> IdentityError:
    if error == "invalid_grant":
        return IdentityRefused("expired", "the code was used before, is too old or not for us")
    if error in _OUR_FAULT or error in _AILING:
        return IdentityUnavailable(f"the card service answered {error[:100]}")
    return IdentityRefused("invalid", error[:100])
