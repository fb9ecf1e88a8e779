"""Where a visitor is, if they said so: kept by their own browser, sealed, to a kilometre, until it is closed.

No address, log, table or history of ours holds it. Pages made with it are never cached.
"""

from binascii import Error as NotBase64

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from jiuye.kernel import clock, crypto
from jiuye.ports.search import Near, Place

COOKIE = "jiuye_place"
MARK = "jiuye_place_known"
"""Beside it, readable by scripts: whether there is one, and nothing else."""
_CONTEXT = "cookie.jiuye_place"
_DIGITS = 2  # of a degree: a kilometre
LONGEST = 12 * 3600
"""Seconds; browsers that reopen their windows would keep it for ever."""


def read(longitude: str, latitude: str) -> Place:
    """The place that a browser tells, no finer than is needed. Raises ValueError for what is none."""
    place = round(float(longitude), _DIGITS), round(float(latitude), _DIGITS)
    return Near(*place).place


def keep(response: HttpResponse, place: Place) -> None:
    """Have the browser keep the place."""
    sealed = crypto.encrypt(f"{place[0]} {place[1]} {int(clock.now().timestamp())}", _CONTEXT)
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(COOKIE, sealed, httponly=True, secure=secure, samesite="Lax")
    response.set_cookie(MARK, "1", secure=secure, samesite="Lax")


def forget(response: HttpResponse) -> None:
    """Have the browser forget it."""
    response.delete_cookie(COOKIE, samesite="Lax")
    response.delete_cookie(MARK, samesite="Lax")


def of(request: HttpRequest) -> Place | None:
    """The place that came with a request; None without one, and for one that is old or that we did not seal."""
    sealed = request.COOKIES.get(COOKIE, "")
    if not sealed:
        return None
    try:
        longitude, latitude, moment = crypto.decrypt(sealed, _CONTEXT).split()
        age = clock.now().timestamp() - int(moment)
        return read(longitude, latitude) if age < LONGEST else None
    except (InvalidTag, KeyError, NotBase64, ValueError):
        return None
