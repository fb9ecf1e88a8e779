"""Whether the site is being used inside a partner's app, which has a header of its own.

A cookie holds the channel's code and nothing else, readable by script: public pages are the same for everyone and learn from
boot.js that they are in an app; pages with a session are drawn so at once (`design/layouts/skeleton.html`).
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from jiuye.domains.accounts import queries
from jiuye.domains.accounts.queries import ChannelView

COOKIE = "jiuye_app"


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
