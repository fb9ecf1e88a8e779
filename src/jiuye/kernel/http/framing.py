"""Whose pages may show ours in a frame: CSP `frame-ancestors` (CSP3 §6.4.2) and, for older browsers, X-Frame-Options.

Partner apps may frame what everybody may read. What acts for a person never appears in anybody's frame (clickjacking,
CWE-1021): signing in, the security of an account, the staff portals, the API.
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
    """The two headers for pages that we ourselves and these origins may frame; None: nobody."""
    if origins is None:
        return {"Content-Security-Policy": POLICY.format(ancestors="'none'"), "X-Frame-Options": "DENY"}
    headers = {"Content-Security-Policy": POLICY.format(ancestors=" ".join(("'self'", *origins)))}
    # X-Frame-Options can't name origins: with some it would lock them out where frame-ancestors isn't known.
    return headers if origins else headers | {"X-Frame-Options": "SAMEORIGIN"}


def framing_of(path: str, response: HttpResponse) -> dict[str, str]:
    """The headers for the answer to `path`."""
    if NEVER_FRAMED.match(path) and not getattr(response, "may_be_framed", False):
        return headers_for(None)
    return headers_for(_frame_origins.get()())


def allow(response: HttpResponse) -> HttpResponse:
    """Mark a page on which nothing can be done, though its address is one that is never framed."""
    cast(_Framable, response).may_be_framed = True
    return response
