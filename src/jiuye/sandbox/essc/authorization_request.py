"""Strict parsing of authorisation requests, before a page is shown."""

from dataclasses import dataclass
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from jiuye.sandbox.essc import clients
from jiuye.sandbox.essc.clients import Client
from jiuye.sandbox.essc.grants import CHALLENGE, Grant
from jiuye.sandbox.essc.service import ESSC, OTHER_ISSUER, issuer

_LONGEST = 500


class Unredirectable(Exception):
    """Client or redirect URI cannot be trusted: show an error, do not redirect (RFC 6749 §4.1.2.1)."""


class Faulty(Exception):
    """The request is refused; `url` carries the error back to the client."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


@dataclass(frozen=True, slots=True)
class Asking:
    """A valid request. `channel` is the partner app that shows it, empty outside of any."""

    client: Client
    redirect_uri: str
    state: str
    scope: str
    nonce: str | None
    challenge: str
    prompts: frozenset[str]
    channel: str

    def answer(self, **parameters: str) -> str:
        """Return the redirect back with these parameters, `state` and `iss` (RFC 9207)."""
        return _answer(self.redirect_uri, self.state, parameters)

    def refused(self) -> str:
        """Return the redirect back for a person who declined."""
        return self.answer(error="access_denied", error_description="the person declined")

    def grant(self, phone: str) -> Grant:
        """Return the grant that the person with this phone gives by agreeing."""
        return Grant(self.client.id, self.redirect_uri, phone, self.scope, self.nonce, self.challenge)


def _answer(redirect_uri: str, state: str, parameters: dict[str, str]) -> str:
    issued_by = OTHER_ISSUER if ESSC.values()["wrong_issuer"] else issuer()
    echoed = {"state": state} if state else {}
    return f"{redirect_uri}?{urlencode({**parameters, **echoed, 'iss': issued_by})}"


def read(given: "MultiDict[str, str]") -> Asking:
    """Parse the request in a query. Raise Unredirectable, Faulty."""
    repeated = [name for name, values in given.lists() if len(values) > 1]
    client = clients.find(given.get("client_id", ""))
    redirect_uri = given.get("redirect_uri", "")
    if client is None or "client_id" in repeated:
        raise Unredirectable("client_id")
    if redirect_uri not in client.redirect_uris or "redirect_uri" in repeated:
        raise Unredirectable("redirect_uri")
    state = given.get("state", "")
    error, description = ("invalid_request", f"repeated: {repeated[0]}") if repeated else _fault(given)
    if error:
        raise Faulty(_answer(redirect_uri, state, {"error": error, "error_description": description}))
    return Asking(
        client=client,
        redirect_uri=redirect_uri,
        state=state,
        scope=given["scope"],
        nonce=given.get("nonce"),
        challenge=given["code_challenge"],
        prompts=frozenset(given.get("prompt", "").split()),
        channel=given.get("channel", ""),
    )


def _fault(given: "MultiDict[str, str]") -> tuple[str, str]:
    """Return error code and description of the first fault, both empty if there is none."""
    if "request" in given:
        return "request_not_supported", "request objects are not supported"
    if "request_uri" in given:
        return "request_uri_not_supported", "request objects are not supported"
    if given.get("response_type") != "code":
        return "unsupported_response_type", "response_type must be code"
    if given.get("response_mode", "query") != "query":
        return "invalid_request", "response_mode must be query"
    if "openid" not in given.get("scope", "").split():
        return "invalid_scope", "scope must contain openid"
    if given.get("code_challenge_method") != "S256" or not CHALLENGE.fullmatch(given.get("code_challenge", "")):
        return "invalid_request", "PKCE with code_challenge_method S256 is required"
    if any(len(value) > _LONGEST for value in given.values()):
        return "invalid_request", f"a parameter is longer than {_LONGEST} characters"
    prompts = given.get("prompt", "").split()
    if "none" in prompts and len(prompts) > 1:
        return "invalid_request", "prompt none stands alone"
    return "", ""
