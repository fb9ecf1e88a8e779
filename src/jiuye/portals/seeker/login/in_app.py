"""Whether the site is being used inside a partner's app, which has a header of its own.

A cookie holds the channel's code and nothing else, readable by script: public pages are the same for everyone and learn from
boot.js that they are in an app; pages with a session are drawn so at once (`design/layouts/skeleton.html`).
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

ASKED_ANEW_AFTER = timedelta(minutes=10)


def note(response: HttpResponse, channel: ChannelView) -> None:
    """Remember the app until the browser (or the app's web view) is closed."""
    response.set_cookie(COOKIE, channel.code, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")


def forget(response: HttpResponse) -> None:
    """Show the whole site again."""
    response.delete_cookie(COOKIE, samesite="Lax")


def channel_of(request: HttpRequest) -> ChannelView | None:
    """The app in which this page is shown; None outside of apps and for channels that are no longer enabled."""
    code = request.COOKIES.get(COOKIE, "")
    return queries.enabled_channel(code) if code else None


def note_arrival(session: SessionBase) -> None:
    """An app has brought this session's person, just now. Never in a GET but the card service's answer."""
    session[BROUGHT] = clock.now().isoformat()


def is_long_since(session: SessionBase) -> bool:
    """Whether an app brought this person, and so long ago that another may hold the phone by now."""
    brought = session.get(BROUGHT)
    return brought is not None and clock.now() - datetime.fromisoformat(brought) > ASKED_ANEW_AFTER
