"""Gzip for public pages (RFC 9110 §8.4).

Only pages that are the same for everyone. On a page that contains a secret (a CSRF token, personal data) beside text
chosen by an attacker, the compressed length reveals the secret (BREACH, CVE-2013-3587), so responses of routes with a
session are not compressed.
"""

import gzip
import re

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

LEAST = 860  # bytes; a smaller response fits into one packet anyway
LEVEL = 4  # output 10 % larger than at level 9, in a quarter of the time
_TEXT = re.compile(r"text/|application/(json|xml|[a-z.+-]+\+(json|xml))|image/svg\+xml")


def compress(request: HttpRequest, response: HttpResponseBase) -> None:
    """Compress the response in place if that is safe, worth it and accepted by the client."""
    if not isinstance(response, HttpResponse) or not _may_be_compressed(request, response):
        return
    patch_vary_headers(response, ("Accept-Encoding",))
    if not accepts(request.headers.get("Accept-Encoding", ""), "gzip"):
        return
    response.content = gzip.compress(response.content, LEVEL, mtime=0)
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.content))
    tag = response.headers.get("ETag", "")
    if tag.startswith('"'):
        response.headers["ETag"] = f"W/{tag}"  # the bytes differ now (RFC 9110 §8.8.1)


def _may_be_compressed(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    access = getattr(match.func, "access", None) if match else None
    return (
        access is not None
        and not access.session
        and response.status_code not in (204, 206, 304)
        and len(response.content) >= LEAST
        and "Content-Encoding" not in response.headers
        and not response.cookies
        and _TEXT.match(response.headers.get("Content-Type", "")) is not None
    )


def accepts(accepted: str, coding: str) -> bool:
    """Return whether the header accepts a content coding, or anything, with a weight above zero."""
    weights = {}
    for one in accepted.lower().split(","):
        name, _, weight = one.strip().partition(";")
        weights[name.strip()] = not re.fullmatch(r"q=0(\.0*)?", weight.strip())
    return weights.get(coding, weights.get("*", False))
