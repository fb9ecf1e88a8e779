"""The adapters behind the ports, by name, as the settings wire them."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@cache
def adapter(port: str) -> Any:
    """The adapter wired to `port` (a key of `settings.PORTS`), made once a process.

    Raises KeyError for a port that is not wired and ImportError for a wrong path.
    """
    wired: dict[str, Any] = settings.PORTS[port]
    return import_string(wired["adapter"])(**wired["options"])


def implementation(name: str) -> Any:
    """A callable that a lower layer needs from a higher one, by its dotted path in `settings.IMPLEMENTATIONS`."""
    return import_string(settings.IMPLEMENTATIONS[name])
