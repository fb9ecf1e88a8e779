"""The request as views get it, for annotations: `RequestMiddleware` and `access` set these attributes."""

from django.http import HttpRequest

from jiuye.kernel.actor import Actor


class Request(HttpRequest):
    """A request with its id and its actor; `scopes` of the API client that calls. Never created directly."""

    id: str
    actor: Actor
    scopes: frozenset[str]
