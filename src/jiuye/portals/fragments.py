"""Pieces of pages for htmx: telling them from whole pages, and saying something beside them."""

import json

from django.http import HttpRequest, HttpResponse


def is_fragment(request: HttpRequest) -> bool:
    """Whether a script asks for a piece of the page; a history restore wants the whole."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


def say(response: HttpResponse, text: str, kind: str = "ok") -> HttpResponse:
    """Let the page show a short message (`ok`, `info`, `warn`, `error`) when this piece arrives."""
    response.headers["HX-Trigger"] = json.dumps({"say": {"text": text, "kind": kind}})
    return response
