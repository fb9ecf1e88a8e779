"""NUL in a request, which PostgreSQL's text type cannot hold: entry points refuse it. Form fields do so themselves (Django's
`ProhibitNullCharactersValidator`).
"""

from typing import Any

from django.http import HttpRequest


def holds_nul(request: HttpRequest) -> bool:
    """Return whether the path, a parameter of the query or a cookie holds NUL."""
    return (
        "%00" in request.META.get("QUERY_STRING", "")
        or "\x00" in request.path_info
        or any("\x00" in value for value in request.COOKIES.values())
    )


def parameters_with_nul(request: HttpRequest) -> list[str]:
    """Return the names of the query's parameters that hold NUL."""
    return [name for name, values in request.GET.lists() if any("\x00" in text for text in (name, *values))]


def places_in(value: Any, at: str = "") -> list[str]:
    """Return the JSON pointers (RFC 6901) of the texts with NUL in parsed JSON; of the object for its names."""
    if isinstance(value, str):
        return [at or "/"] if "\x00" in value else []
    if isinstance(value, list):
        return [one for index, item in enumerate(value) for one in places_in(item, f"{at}/{index}")]
    if isinstance(value, dict):
        if any("\x00" in name for name in value):
            return [at or "/"]
        return [one for name, item in value.items() for one in places_in(item, f"{at}/{escaped(name)}")]
    return []


def escaped(name: str) -> str:
    """Return a member's name as a part of a JSON pointer (RFC 6901 §3)."""
    return name.replace("~", "~0").replace("/", "~1")
