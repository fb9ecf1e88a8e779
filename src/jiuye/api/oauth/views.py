"""The token endpoint (RFC 6749 §3.2, §4.4, §5) and the server's metadata (RFC 8414)."""

from collections.abc import Mapping
from typing import Any

import orjson
import structlog
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jiuye.api.oauth import proofs
from jiuye.domains.clients import actions
from jiuye.domains.clients.actions import TokenRefused
from jiuye.domains.clients.states import SIGNATURES, Scope
from jiuye.kernel import database, space
from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.errors import RateLimited, Unavailable
from jiuye.kernel.networks import network_of
from jiuye.kernel.rate_limits import ADDRESS, Limit

log = structlog.get_logger("oauth")
GRANT = "client_credentials"
TOKENS_ASKED = Limit("oauth-tokens", "换取接口令牌", ADDRESS, 60, 60)
"""Refused ones included, so that guessing is slow. A token lasts an hour: nobody needs as many."""
_NOT_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_DOCS = "/api/v1/docs"


@access(PUBLIC)
def token(request: HttpRequest) -> HttpResponse:
    """Issue an access token to a client, or say why not as RFC 6749 §5.2 does."""
    if request.method != "POST":
        return _refusal(405, "invalid_request", "Use POST.", {"Allow": "POST"})
    address = request.META.get("REMOTE_ADDR", "")
    try:
        space.require()
        TOKENS_ASKED.hit(network_of(address))
        given = proofs.parameters_of(request)
        if "grant_type" not in given:
            raise TokenRefused("invalid_request", "grant_type is missing.")
        if given["grant_type"] != GRANT:
            raise TokenRefused("unsupported_grant_type", f"Only {GRANT} is supported.")
        proof = proofs.proof_of(request, given)
        issued = actions.issue_token(proof, scope=given.get("scope", ""), address=address)
    except TokenRefused as error:
        challenge = {"WWW-Authenticate": 'Basic realm="jiuye", charset="UTF-8"'} if error.status == 401 else {}
        log.info("token refused", reason=error.code)
        return _refusal(error.status, error.code, error.message, challenge)
    except RateLimited as error:
        wait = {"Retry-After": str(error.retry_after)}
        return _refusal(429, "temporarily_unavailable", "Too many requests from this address.", wait)
    except SuspiciousOperation:
        return _refusal(400, "invalid_request", "The form cannot be read.")
    except Exception as error:
        if not (isinstance(error, Unavailable) or space.is_full(error) or database.is_away(error)):
            raise
        database.discard_broken()
        return _refusal(503, "temporarily_unavailable", "Try again in a few seconds.", {"Retry-After": "2"})
    return _answer(
        200,
        {
            "access_token": issued.value,
            "token_type": "Bearer",
            "expires_in": issued.lasts,
            "scope": " ".join(issued.scopes),
        },
    )


def _refusal(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> HttpResponse:
    told = {"error": code, "error_description": message, "error_uri": settings.SITE_URL + _DOCS}
    return _answer(status, told, headers)


def _answer(status: int, told: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> HttpResponse:
    return HttpResponse(
        orjson.dumps(told), status=status, content_type="application/json", headers={**_NOT_KEPT, **(headers or {})}
    )


@access(PUBLIC)
@require_safe
def metadata(request: HttpRequest) -> HttpResponse:
    """What a client library needs to know about this server."""
    site = settings.SITE_URL
    told = {
        "issuer": site,
        "token_endpoint": site + proofs.ENDPOINT,
        "grant_types_supported": [GRANT],
        "response_types_supported": [],
        "token_endpoint_auth_methods_supported": proofs.METHODS,
        "token_endpoint_auth_signing_alg_values_supported": sorted(
            {one for some in SIGNATURES.values() for one in some}
        ),
        "scopes_supported": Scope.values,
        "service_documentation": site + "/api/v1/docs",
    }
    return HttpResponse(
        orjson.dumps(told), content_type="application/json", headers={"Cache-Control": "public, max-age=300"}
    )
