"""Preconditions of unsafe requests on things with a version (RFC 9110 §13): `ETag` out, `If-Match` in."""

import re

from django.http import HttpRequest

from jiuye.kernel.errors import Invalid, Refused

_TAG = re.compile(r'(?:W/)?"v(\d{1,9})"')


def etag_of(version: int) -> str:
    """Return the entity tag of a version, for the answer's `ETag`."""
    return f'"v{version}"'


def expected_version(request: HttpRequest, current: int | None = None) -> int | None:
    """Return the version that the request's `If-Match` expects, for the action that checks it under its row lock.

    None: there is no precondition (no header, or `*`). Of several tags the current version's counts, if it is given.
    Raises `Refused`, answered with 412, if no tag can match, and `Invalid` for what is no tag. A compressed answer carries
    its tag as weak (`W/`); it names a version all the same, so that clients may send it back as it came.
    """
    written = request.headers.get("If-Match", "").strip()
    if written in ("", "*"):
        return None
    versions = []
    for tag in written.split(","):
        found = _TAG.fullmatch(tag.strip())
        if found:
            versions.append(int(found[1]))
        elif not re.fullmatch(r'\s*(?:W/)?"[^"]*"\s*', tag):
            raise Invalid({"If-Match": '请原样使用读取时的 ETag，例如 "v3"。'})
    if len(versions) == 1:
        return versions[0]
    if current is not None and current in versions:
        return current
    raise Refused("您看到的不是最新版本。请重新读取，核对后再操作。", code="edited_meanwhile")
