"""The request as a view gets it, for annotations: `RequestMiddleware` and `access` have put these on it."""

from django.http import HttpRequest

from jiuye.kernel.actor import Actor


class Request(HttpRequest):
    """A request with its id and with who is asking. Never made by hand."""

    id: str
    actor: Actor
