"""The visitor's location, if they gave it: an encrypted session cookie with a precision of a kilometre.

No URL, log or table contains it. Pages that depend on it are never cached.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from jiuye.kernel import clock, crypto
from jiuye.ports.search import Near, Place

COOKIE = "jiuye_place"
MARK = "jiuye_place_known"
"""A second cookie, readable by scripts: only whether there is a location."""
_CONTEXT = "cookie.jiuye_place"
_DIGITS = 2  # of a degree: a kilometre
LONGEST = 12 * 3600
"""Seconds. Browsers that restore their windows would keep a session cookie forever."""


def read(longitude: str, latitude: str) -> Place:
    """Return the location sent by a browser, rounded to `_DIGITS`. Raise ValueError for invalid coordinates."""
    place = round(float(longitude), _DIGITS), round(float(latitude), _DIGITS)
    return Near(*place).place


def keep(response: HttpResponse, place: Place) -> None:
    """Store the location in the browser."""
    sealed = crypto.encrypt(f"{place[0]} {place[1]} {int(clock.now().timestamp())}", _CONTEXT)
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(COOKIE, sealed, httponly=True, secure=secure, samesite="Lax")
    # nosemgrep: cookie-without-attributes - scripts read whether there is a place, not which
    response.set_cookie(MARK, "1", secure=secure, httponly=False, samesite="Lax")


def forget(response: HttpResponse) -> None:
    """Delete the location from the browser."""
    response.delete_cookie(COOKIE, samesite="Lax")
    response.delete_cookie(MARK, samesite="Lax")


def of(request: HttpRequest) -> Place | None:
    """Return the location sent with a request; None if there is none, or it has expired or was not encrypted by us."""
    sealed = request.COOKIES.get(COOKIE, "")
    if not sealed:
        return None
    try:
        longitude, latitude, moment = crypto.decrypt(sealed, _CONTEXT).split()
        age = clock.now().timestamp() - int(moment)
        return read(longitude, latitude) if age < LONGEST else None
    except ValueError:
        return None
