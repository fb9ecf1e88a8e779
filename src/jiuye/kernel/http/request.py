"""The request as views get it, for annotations: `RequestMiddleware` and `access` set these attributes."""

from urllib.parse import SplitResult, urlsplit

from django.http import HttpRequest

from jiuye.kernel.actor import Actor


class Request(HttpRequest):
    """A request with its id and its actor; `scopes` of the API client that calls. Never created directly."""

    id: str
    actor: Actor
    scopes: frozenset[str]


def sent_from(request: HttpRequest, *headers: str) -> SplitResult:
    """Return the parts of the address in the first of these headers that is there; of an empty one if none is, or if it is
    no address: anybody may write anything in them.
    """
    given = next((request.headers[name] for name in headers if request.headers.get(name)), "")
    try:
        return urlsplit(given)
    except ValueError:
        return urlsplit("")
