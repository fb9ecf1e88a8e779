"""Unsafe requests of clients that are sent again with the same Idempotency-Key."""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from jiuye.api.problems import of_error
from jiuye.api.signatures import FORM, Signature, json_of
from jiuye.domains.clients.queries import Caller
from jiuye.kernel import idempotency
from jiuye.kernel.errors import Invalid

HEADER = "Idempotency-Key"
LONGEST_KEY = 255
# A text of Structured Fields (RFC 9651 §3.3.3), as the draft says, or the same without quotes, as most programs send it.
_QUOTED = re.compile(r'"((?:[^"\\]|\\["\\])*)"')
_KEY = re.compile(r"[\x20-\x7e]{1,255}")
# Other values of these make it another request.
_PART_OF_REQUEST = ("On-Behalf-Of", "If-Match")


def once(request: HttpRequest, caller: Caller, signature: Signature, run: Callable[[], HttpResponse]) -> HttpResponse:
    """Run an unsafe request, or answer it as the first time if its key was used. Without a key it just runs."""
    written = request.headers.get(HEADER)
    if written is None:
        return run()
    scope = (str(caller.client_id), request.method or "", request.path, _key(written))
    return idempotency.run_once(scope, _content(request), run, lambda error: of_error(request, error, signature))


def _key(written: str) -> str:
    """Return the key in the header. Raises `Invalid`."""
    found = _QUOTED.fullmatch(written.strip())
    key = re.sub(r"\\(.)", r"\1", found[1]) if found else written.strip()
    if not _KEY.fullmatch(key):
        raise Invalid({HEADER: f"请写 1 到 {LONGEST_KEY} 个可见的 ASCII 字符，建议用 UUID。"})
    return key


def _content(request: HttpRequest) -> bytes:
    """Return what was sent besides the path. The order of a JSON object's members does not matter."""
    value = json_of(request)
    if value is not None:
        body = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    elif request.content_type == FORM:
        files = [[name, one.name, _digest(one)] for name, several in request.FILES.lists() for one in several]
        body = orjson.dumps([sorted(request.POST.lists()), files])
    else:
        body = request.body
    named = [request.META.get("QUERY_STRING", ""), *(request.headers.get(name, "") for name in _PART_OF_REQUEST)]
    return orjson.dumps(named) + body


def _digest(file: Any) -> str:
    digest = sha256(file.read()).hexdigest()
    file.seek(0)
    return digest
