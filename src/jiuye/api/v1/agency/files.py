"""Answers that are files."""

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def file_of(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    """Return a file that no cache keeps and no browser displays."""
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": content_disposition_header(True, name) or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


def binary(content_type: str, description: str) -> dict[str, Any]:
    """Return what the document says of an operation whose answer is a file."""
    content = {content_type: {"schema": {"type": "string", "format": "binary"}}}
    return {"responses": {200: {"description": description, "content": content}}}
