"""Answers of public reads: JSON with an entity tag, how long caches may keep it, and the terms of use in lists.

An entity tag is strong where the content alone decides about the bytes, weak where they also state when they were made
(RFC 9110 §8.8.1). Either way a client that sends it back gets 304 until the content changes.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from ninja import Schema
from pydantic import Field

from jiuye.api import links
from jiuye.kernel import clock

JSON = "application/json"
SOURCE = "就业在线"
AWHILE = 30
"""Seconds for which caches may keep what changes seldom; what has closed must disappear soon."""
_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS


class Licence(Schema):
    """The terms under which the data may be used."""

    name: str
    url: str = Field(description="条款全文。")
    attribution: str = Field(description="转载时须写明的来源。")


class Listing(Schema):
    """What every list of the read API says beside its items."""

    next_cursor: str = Field(description="最后一页为空。")
    licence: Licence
    source: str
    generated_at: datetime


def licence() -> dict[str, str]:
    """Return the terms of use, as lists state them."""
    return {
        "name": "就业在线公开数据使用条款 1.0",
        "url": f"{settings.SITE_URL}/api/v1/docs#licence",
        "attribution": f"来源：{SOURCE}（{settings.SITE_URL}）",
    }


@lru_cache
def _terms() -> bytes:
    """Return the members of `Listing` that state terms and source, as they stand in an answer."""
    return encode({"licence": licence(), "source": SOURCE})[1:-1] + b","


def listing(
    request: HttpRequest, items: Sequence[Any], next_cursor: str = "", *, max_age: int = AWHILE, **more: Any
) -> HttpResponseBase:
    """Answer with a page of a list. Its tag is weak: it leaves out the time of the answer."""
    content = encode({"items": items, "next_cursor": next_cursor, **more})
    body = b'%s,%s"generated_at":%s}' % (content[:-1], _terms(), encode(clock.now()))
    return answer(request, body, tag=weak(content), max_age=max_age)


def one(request: HttpRequest, content: Mapping[str, Any], *, max_age: int = AWHILE) -> HttpResponseBase:
    """Answer with one object, under a strong tag."""
    body = encode(content)
    return answer(request, body, tag=strong(body), max_age=max_age)


def answer(
    request: HttpRequest, body: bytes, *, tag: str, max_age: int, content_type: str = JSON, has_links: bool = True
) -> HttpResponseBase:
    """Answer with `body`, or 304 to a client that has it (RFC 9110 §13.1.2).

    Links depend on the caller's channel, so an answer with links that a key reads is for its own cache only.
    """
    whose = "private" if has_links and links.channel_of(request) else "public"
    response = HttpResponse(body, content_type=content_type)
    response.headers["Cache-Control"] = f"{whose}, max-age={max_age}"
    response.headers["ETag"] = tag
    if has_links:
        patch_vary_headers(response, ["Authorization"])
    return get_conditional_response(request, etag=tag, response=response) or response


def encode(content: Any) -> bytes:
    """Return the content as JSON; times are UTC with Z."""
    return orjson.dumps(content, option=_OPTIONS)


def strong(body: bytes) -> str:
    """Return the entity tag of these bytes."""
    return f'"{sha256(body).hexdigest()[:24]}"'


def weak(body: bytes) -> str:
    """Return a weak entity tag: of what an answer says, if its bytes may differ."""
    return f"W/{strong(body)}"
