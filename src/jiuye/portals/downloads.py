"""Files to keep: what people sent or what is made of it, never shown by the site itself."""

from collections.abc import Iterable

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header


def as_download(content: bytes | Iterable[bytes], *, name: str, content_type: str) -> HttpResponseBase:
    """The answer that makes a browser keep `content` as `name`, whatever it looks like; pieces are sent as they come."""
    made = HttpResponse if isinstance(content, bytes) else StreamingHttpResponse
    response = made(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
