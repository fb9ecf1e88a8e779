"""The request as everything behind `RequestMiddleware` gets it, for annotations."""

from django.http import HttpRequest

from jiuye.kernel.actor import Actor


class Request(HttpRequest):
    """A request with its id and its actor: anonymous until `kernel.access` sets the session's. Never made by hand."""

    id: str
    actor: Actor
