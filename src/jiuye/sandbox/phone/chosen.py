"""Which of the phones this browser holds: a cookie."""

from flask import request
from werkzeug.wrappers import Response

from jiuye.sandbox import numbers, people
from jiuye.sandbox.people import Person

# Cookies know no ports: the name keeps it apart from the product's on the same host.
_COOKIE = "sandbox_phone"


def number() -> str | None:
    """The chosen phone's 11 digits."""
    given = request.cookies.get(_COOKIE, "")
    return given if numbers.national(given) == given and given else None


def holder() -> Person | None:
    """Whose card is in the chosen phone; None without a phone or without a card in it."""
    chosen = number()
    return people.by_phone(chosen) if chosen else None


def picked() -> Person | None:
    """The person whose number the form of `whose_phone.html` sends, picked or typed; None when they have no card."""
    given = numbers.national(request.form.get("number") or request.form.get("typed", ""))
    return people.by_phone(given) if given else None


def remember(response: Response, number: str) -> Response:
    """This browser now holds that phone."""
    response.set_cookie(_COOKIE, number, max_age=365 * 24 * 3600, httponly=True, samesite="Lax")
    return response
