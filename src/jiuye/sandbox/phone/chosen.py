"""Which of the phones this browser holds: a cookie."""

from flask import request
from werkzeug.wrappers import Response

from jiuye.sandbox import numbers, people
from jiuye.sandbox.people import Person

# Cookies are shared between ports: the name keeps it apart from the product's on the same host.
_COOKIE = "sandbox_phone"


def number() -> str | None:
    """Return the chosen phone's 11 digits."""
    given = request.cookies.get(_COOKIE, "")
    return given if numbers.national(given) == given and given else None


def holder() -> Person | None:
    """Return the person with the card in the chosen phone; None without a phone or card."""
    chosen = number()
    return people.by_phone(chosen) if chosen else None


def picked() -> Person | None:
    """Return the person picked or typed in the form of `whose_phone.html`; None if they have no card."""
    given = numbers.national(request.form.get("number") or request.form.get("typed", ""))
    return people.by_phone(given) if given else None


def remember(response: Response, number: str) -> Response:
    """Store that this browser now holds the phone."""
    response.set_cookie(_COOKIE, number, max_age=365 * 24 * 3600, httponly=True, samesite="Lax")
    return response
