"""Who may show our pages in a frame: CSP `frame-ancestors` (CSP3 §6.4.2) and, for older browsers, X-Frame-Options.

Partner apps may frame public pages. Pages that act for a person are never framed (clickjacking, CWE-1021): sign-in,
account security, the staff portals, the API.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import cast

from django.http import HttpResponse

from jiuye.kernel.wiring import Implementation

_frame_origins = Implementation[Callable[[], tuple[str, ...]]]("frame_origins")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; frame-ancestors {ancestors}; base-uri 'none'; object-src 'none'"
)
NEVER_FRAMED = re.compile(r"/(?:login|logout|sso|me/security|agency|employer|ops|api|livez|readyz|metrics)(?:/|$)")


class _Framable(HttpResponse):
    may_be_framed: bool


@lru_cache(maxsize=16)
def headers_for(origins: tuple[str, ...] | None) -> dict[str, str]:
    """Return both headers for pages that we and these origins may frame; None: nobody may."""
    if origins is None:
        return {"Content-Security-Policy": POLICY.format(ancestors="'none'"), "X-Frame-Options": "DENY"}
    headers = {"Content-Security-Policy": POLICY.format(ancestors=" ".join(("'self'", *origins)))}
    # X-Frame-Options cannot name origins: it would exclude them where frame-ancestors is not supported.
    return headers if origins else headers | {"X-Frame-Options": "SAMEORIGIN"}


def framing_of(path: str, response: HttpResponse) -> dict[str, str]:
    """Return the headers for the response to `path`."""
    if NEVER_FRAMED.match(path) and not getattr(response, "may_be_framed", False):
        return headers_for(None)
    return headers_for(_frame_origins.get()())


def allow(response: HttpResponse) -> HttpResponse:
    """Allow framing of a page that offers no action, although its path is never framed otherwise."""
    cast(_Framable, response).may_be_framed = True
    return response
