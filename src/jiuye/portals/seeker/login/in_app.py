"""Whether the site is used inside a partner's app, which has its own header.

A cookie holds the channel's code and nothing else. It is readable by JavaScript: public pages are the same for
everyone, so boot.js adapts them; pages with a session are rendered for the app at once
(`design/layouts/skeleton.html`).
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

from jiuye.domains.accounts import queries
from jiuye.domains.accounts.queries import ChannelView
from jiuye.kernel import clock

COOKIE = "jiuye_app"
BROUGHT = "brought_by_app_at"
"""The session's key for when an app last brought this person."""

ASKED_AGAIN_AFTER = timedelta(minutes=10)


def note(response: HttpResponse, channel: ChannelView) -> None:
    """Set the cookie until the browser (or the app's web view) is closed."""
    secure = settings.SESSION_COOKIE_SECURE
    # nosemgrep: cookie-without-attributes - boot.js reads whether an app shows the page, before it is drawn
    response.set_cookie(COOKIE, channel.code, secure=secure, httponly=False, samesite="Lax")


def forget(response: HttpResponse) -> None:
    """Delete the cookie and show the whole site again."""
    response.delete_cookie(COOKIE, samesite="Lax")


def channel_of(request: HttpRequest) -> ChannelView | None:
    """Return the channel of the app that shows this page; None outside apps and for disabled channels."""
    code = request.COOKIES.get(COOKIE, "")
    return queries.enabled_channel(code) if code else None


def note_arrival(session: SessionBase) -> None:
    """Store that an app signed this person in just now. Never in a GET except the card service's callback."""
    session[BROUGHT] = clock.now().isoformat()


def is_long_since(session: SessionBase) -> bool:
    """Whether an app signed this person in so long ago that somebody else may hold the phone now."""
    brought = session.get(BROUGHT)
    return brought is not None and clock.now() - datetime.fromisoformat(brought) > ASKED_AGAIN_AFTER
