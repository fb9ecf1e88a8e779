"""Links from the API to the site. For a partner app with a key they name its channel."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest


def channel_of(request: HttpRequest) -> str:
    """Return the code of the channel whose key the request has; empty without one."""
    return getattr(request, "channel_code", "")


def page(request: HttpRequest, path: str) -> str:
    """Return the address of a page: absolute and with the channel for a channel, else the path."""
    code = channel_of(request)
    return f"{settings.SITE_URL}{path}?{urlencode({'channel': code})}" if code else path


def absolute(request: HttpRequest, path: str) -> str:
    """Return the absolute address of a page, for formats that need one; with the channel for a channel."""
    return page(request, path) if channel_of(request) else f"{settings.SITE_URL}{path}"
