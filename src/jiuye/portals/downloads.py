"""Downloads of uploaded or generated files, which browsers must not display."""

from collections.abc import Iterable

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header


def as_download(content: bytes | Iterable[bytes], *, name: str, content_type: str) -> HttpResponseBase:
    """Return a response that makes the browser save `content` as `name`; an iterable is streamed."""
    made = HttpResponse if isinstance(content, bytes) else StreamingHttpResponse
    response = made(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
