"""How much a client has used the API in the last thirty days."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from jiuye.domains.clients.models import UsageCount
from jiuye.domains.clients.queries.clients import client_of
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound

DAYS = 30


@dataclass(slots=True)
class Tally:
    """Requests: done (status below 400), refused (4xx), refused by a rate limit (429), failed on our side (5xx)."""

    done: int = 0
    refused: int = 0
    limited: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        """All requests."""
        return self.done + self.refused + self.limited + self.failed

    def add(self, status: int, count: int) -> None:
        """Count `count` answers with this status."""
        name = "done" if status < 400 else "limited" if status == 429 else "refused" if status < 500 else "failed"
        setattr(self, name, getattr(self, name) + count)


@dataclass(frozen=True, slots=True)
class DayUsage:
    """A day (Asia/Shanghai)."""

    day: date
    tally: Tally


@dataclass(frozen=True, slots=True)
class OperationUsage:
    """An operation by its id in the OpenAPI document, with its answers by status."""

    operation: str
    tally: Tally
    statuses: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Usage:
    """The last thirty days, oldest first, and the operations of that time, most used first."""

    days: Sequence[DayUsage]
    operations: Sequence[OperationUsage]
    total: Tally


def own_usage(actor: Actor) -> Usage:
    """Return the requests of the calling client. One query. Raises `NotFound` for people."""
    if actor.client_id is None:
        raise NotFound
    return _usage(actor.client_id)


def client_usage(actor: Actor, client_id: UUID) -> Usage:
    """Return the requests of a client of the actor's agency. Two queries. Raises `NotFound`, `Denied`."""
    return _usage(client_of(actor, client_id).id)


def _usage(client_id: UUID) -> Usage:
    """Return a client's requests, without the last seconds, which the processes have not stored yet."""
    today = clock.local(clock.real_now()).date()
    days = {today - timedelta(days=ago): Tally() for ago in reversed(range(DAYS))}
    operations: dict[str, OperationUsage] = {}
    total = Tally()
    rows = UsageCount.objects.filter(client_id=client_id, day__gte=min(days), day__lte=today)
    for day, operation, status, count in rows.values_list("day", "operation", "status", "count"):
        one = operations.setdefault(operation, OperationUsage(operation, Tally()))
        one.statuses[status] = one.statuses.get(status, 0) + count
        for tally in (days[day], one.tally, total):
            tally.add(status, count)
    ordered = sorted(operations.values(), key=lambda one: (-one.tally.total, one.operation))
    return Usage([DayUsage(day, tally) for day, tally in days.items()], ordered, total)
