"""Fragments of pages for htmx: how to recognise the request, and messages beside the fragment."""

import json

from django.http import HttpRequest, HttpResponse


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx requests a fragment; restoring the history needs the whole page."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


def say(response: HttpResponse, text: str, kind: str = "ok") -> HttpResponse:
    """Show a short message (`ok`, `info`, `warn`, `error`) with this fragment."""
    response.headers["HX-Trigger"] = json.dumps({"say": {"text": text, "kind": kind}})
    return response
