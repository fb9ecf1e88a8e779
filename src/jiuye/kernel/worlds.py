"""Worlds: the live data, and beside it the test data of each API client in test mode.

A request with a test credential, and the delivery of what it caused, run inside `entered(world)`. Rows created there carry
the client's id (`TestClientField`); `WorldManager` shows each world its own rows only; `kernel.clock` is shifted by the
offset to which the client has moved its clock. Signatures, rate limits and the lifetimes of credentials use
`clock.real_now()`, which is never shifted.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from jiuye.kernel import clock
from jiuye.kernel.wiring import Implementation

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class World:
    """The test data of one client, with its clock."""

    client_id: UUID
    offset: timedelta = timedelta()


_current: ContextVar[World | None] = ContextVar("world", default=None)
_world_of = Implementation[Callable[[UUID], World]]("test_world")


def current_client() -> UUID | None:
    """Return the client whose test data is in use; None: the live data."""
    world = _current.get()
    return world.client_id if world else None


def is_test() -> bool:
    """Return whether the code runs in a test world: nothing may be sent out or indexed then."""
    return _current.get() is not None


def refuse_to_leave() -> None:
    """Raise RuntimeError in a test world. For ports that reach people or authorities: the last line, after the callers' own."""
    if is_test():
        raise RuntimeError("nothing leaves a test world")


@contextmanager
def entered(world: World | None) -> Iterator[None]:
    """Run the block in a world; None: in the live one."""
    token = _current.set(world)
    try:
        with clock.shifted(world.offset if world else timedelta()):
            yield
    finally:
        _current.reset(token)


def world_of(client_id: UUID | None) -> World | None:
    """Return the test world of a client; None for None. One query for a client. Raises `NotFound` for one without test data."""
    return _world_of.get()(client_id) if client_id else None


@contextmanager
def of_client(client_id: UUID | None) -> Iterator[None]:
    """Run the block in the test world of a client, at its clock; None: in the live world. Raises as `world_of`."""
    with entered(world_of(client_id)):
        yield


class TestClientField(models.UUIDField):  # type: ignore[type-arg]
    """The client to whose test data a row belongs; null: live. Set when the row is created."""

    __test__ = False  # no test class

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"null": True, "default": current_client, "editable": False}
        super().__init__(*args, **kwargs)


class WorldManager(models.Manager[Row]):
    """Finds the rows of the current world only. Foreign keys are followed without it."""

    def get_queryset(self) -> models.QuerySet[Row]:
        """Return the rows of the current world."""
        return super().get_queryset().filter(test_client_id=current_client())


class LiveAndOwnManager(models.Manager[Row]):
    """Finds live rows, and in a test world its own too: for people, because the members of a client's agency are live."""

    def get_queryset(self) -> models.QuerySet[Row]:
        """Return the rows that the current world may see."""
        client_id = current_client()
        is_seen = models.Q(test_client_id=None)
        return super().get_queryset().filter(is_seen | models.Q(test_client_id=client_id) if client_id else is_seen)
