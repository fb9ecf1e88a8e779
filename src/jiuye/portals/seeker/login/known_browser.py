"""The cookie by which a browser is known to the accounts that signed in on it: it may always ask for a code to them."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from jiuye.domains.accounts import actions

COOKIE = "jiuye_known"
_PATH = "/login"
_NOTED = "signed_in_here"


def cookie_of(request: HttpRequest) -> str:
    """Return the cookie's value; "" if there is none."""
    return request.COOKIES.get(COOKIE, "")


def note(request: HttpRequest, person_id: UUID) -> None:
    """Have the response of this request make the browser known to the account that has just signed in."""
    setattr(request, _NOTED, person_id)


class KnownBrowserMiddleware:
    """Sets the cookie after a sign-in. Only the sign-in pages get it back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if person_id := getattr(request, _NOTED, None):
            response.set_cookie(
                COOKIE,
                actions.remember_browser(cookie_of(request), person_id),
                max_age=int(actions.BROWSER_KNOWN.total_seconds()),
                path=_PATH,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response
