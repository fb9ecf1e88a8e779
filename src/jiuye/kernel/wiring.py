"""Wiring by the settings: adapters behind ports, and implementations that lower layers need from higher ones."""

from functools import cache
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.utils.module_loading import import_string

Adapter = TypeVar("Adapter")
Target = TypeVar("Target")


class Port(Generic[Adapter]):
    """A port by its key in `settings.PORTS`, typed by its Protocol: `Port[SmsSender]("sms").get()`."""

    def __init__(self, name: str) -> None:
        self._name = name

    def get(self) -> Adapter:
        """Return the adapter, made once a process.

        Raise KeyError for a port that is not wired and ImportError for a wrong path.
        """
        adapter: Adapter = _adapter(self._name)
        return adapter


class Implementation(Generic[Target]):
    """A callable of a higher layer by its key in `settings.IMPLEMENTATIONS`, typed: `Implementation[Callable[…, …]]("name")`."""

    def __init__(self, name: str) -> None:
        self._name = name

    def get(self) -> Target:
        """Return the callable. Raise KeyError and ImportError as `Port.get` does."""
        target: Target = import_string(settings.IMPLEMENTATIONS[self._name])
        return target


def forget_adapters() -> None:
    """Discard the adapters, so that the next use creates them again; for tests that change `settings.PORTS`."""
    _adapter.cache_clear()


@cache
def _adapter(port: str) -> Any:
    wired: dict[str, Any] = settings.PORTS[port]
    return import_string(wired["adapter"])(**wired["options"])
