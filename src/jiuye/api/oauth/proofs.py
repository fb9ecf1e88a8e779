"""How a client proves who it is at the token endpoint: `client_secret_basic`, `client_secret_post`, `private_key_jwt`."""

import base64
import binascii
from collections.abc import Mapping
from urllib.parse import unquote_plus

from django.conf import settings
from django.http import HttpRequest, QueryDict

from jiuye.domains.clients.actions import AssertionProof, SecretProof, TokenRefused

METHODS = ("client_secret_basic", "client_secret_post", "private_key_jwt")
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ENDPOINT = "/oauth/token"


def parameters_of(request: HttpRequest) -> dict[str, str]:
    """Return the parameters in the body. Raises `TokenRefused` (invalid_request): not a form, or one given twice.

    Those in the address are not read: addresses end up in logs (RFC 6749 §2.3.1).
    """
    if request.content_type != "application/x-www-form-urlencoded":
        raise TokenRefused("invalid_request", "Send application/x-www-form-urlencoded.")
    form: QueryDict = request.POST
    repeated = [name for name, values in form.lists() if len(values) > 1]
    if repeated:
        raise TokenRefused("invalid_request", "A parameter is given more than once.")
    return {name: value for name, value in form.items() if isinstance(value, str) and value}


def proof_of(request: HttpRequest, given: Mapping[str, str]) -> SecretProof | AssertionProof:
    """Return the proof in a request. Raises `TokenRefused`: invalid_client without one, invalid_request with several."""
    header = request.headers.get("Authorization", "")
    if sum((bool(header), "client_secret" in given, "client_assertion" in given)) > 1:
        raise TokenRefused("invalid_request", "Use one way of authentication only.")
    if header:
        proof = _of_header(header)
        if given.get("client_id", proof.client_id) != proof.client_id:
            raise TokenRefused("invalid_request", "client_id differs from the one in the header.")
        return proof
    if "client_assertion" in given:
        if given.get("client_assertion_type") != ASSERTION_TYPE:
            raise TokenRefused("invalid_request", f"client_assertion_type must be {ASSERTION_TYPE}.")
        audiences = (settings.SITE_URL, settings.SITE_URL + ENDPOINT)
        return AssertionProof(given["client_assertion"], audiences, given.get("client_id", ""))
    if "client_secret" in given and "client_id" in given:
        return SecretProof(given["client_id"], given["client_secret"])
    raise TokenRefused("invalid_client", "No client authentication is included.")


def _of_header(header: str) -> SecretProof:
    scheme, _, encoded = header.partition(" ")
    try:
        written = base64.b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        written = ""
    name, colon, secret = written.partition(":")
    if scheme.lower() != "basic" or not colon:
        raise TokenRefused("invalid_client", "The Authorization header must be Basic, with id and secret.")
    return SecretProof(unquote_plus(name), unquote_plus(secret))
