"""Signs of life of the worker processes, each by its own name."""

from datetime import datetime

from jiuye.kernel import clock
from jiuye.kernel.models import WorkerPulse

EVERY = 10.0
"""Seconds between two signs."""


def beat(name: str) -> None:
    """Note that the worker `name` is at work."""
    WorkerPulse.objects.update_or_create(name=name, defaults={"at": clock.real_now()})


def last() -> dict[str, datetime]:
    """Return {name: its last sign}. One query."""
    return dict(WorkerPulse.objects.values_list("name", "at"))
