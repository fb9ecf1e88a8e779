"""Start-up checks: every route declares who may use it."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from jiuye.kernel.access import requirement_of


def routes(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every route of the site with its full pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, pattern)
        else:
            yield pattern, entry


@register()
def every_route_declares_access(**_: Any) -> list[Error]:
    """Report undeclared routes as errors, so that the site does not start with one."""
    return [
        Error(f"route “{pattern}” does not declare its access", hint="wrap the view in @access(…)", id="jiuye.E001")
        for pattern, route in routes()
        if requirement_of(route.callback) is None
    ]
