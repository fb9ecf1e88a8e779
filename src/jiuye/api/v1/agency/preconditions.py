"""If-Match: change an object only as it was read (RFC 9110 §13.1.1)."""

import re

from django.http import HttpRequest

from jiuye.kernel.errors import Invalid

_TAG = re.compile(r'(?:W/)?"(\d{1,9})"')


def version_of(request: HttpRequest) -> int | None:
    """Return the version that the request's If-Match names; None without one, and for `*`. Raises `Invalid`.

    A weak tag counts as a strong one: compression on the way makes tags weak.
    """
    named = request.headers.get("If-Match", "").strip()
    if named in ("", "*"):
        return None
    found = _TAG.fullmatch(named)
    if found is None:
        raise Invalid({"If-Match": '请写读取时 ETag 里的值，如 "3"。'})
    return int(found[1])
