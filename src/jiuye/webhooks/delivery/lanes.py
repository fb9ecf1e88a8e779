"""How many calls each endpoint may have at once, so that slow receivers hurt nobody else."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from jiuye.webhooks.delivery.results import Result

MOST_FAST, MOST_SLOW = 64, 128
"""Calls at once to endpoints that answer well, and to those that don't. The slow ones never use a place of the fast."""
FIRST, MOST_EACH = 2, 32
"""Calls at once to one endpoint: at first, and when it has answered well for a while. One that doesn't has a single call
at once.
"""
SLOW = 1.0
"""Seconds after which a call that has no answer yet counts its endpoint among the slow."""
_FORGOTTEN_AFTER = 600.0


@dataclass(slots=True)
class Lane:
    """The calls to one endpoint. `started`: message → when; `is_well`: the last answer was quick and good; `most`: how many
    it may have at once.
    """

    started: dict[UUID, float] = field(default_factory=dict)
    is_well: bool = True
    most: int = FIRST
    used_at: float = 0.0

    def is_slow(self, now: float) -> bool:
        """Return whether it counts among the slow now."""
        return not self.is_well or any(now - moment > SLOW for moment in self.started.values())


class Lanes:
    """The calls under way in this process."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lanes: dict[UUID, Lane] = {}

    @property
    def under_way(self) -> int:
        """How many calls are under way."""
        return sum(len(lane.started) for lane in self._lanes.values())

    def room(self) -> tuple[int, dict[UUID, int]]:
        """Return how many messages may be taken, and how many at most of each endpoint that is known."""
        now = self._now()
        slow = {pk: lane for pk, lane in self._lanes.items() if lane.is_slow(now)}
        calls_to_slow = sum(len(lane.started) for lane in slow.values())
        fast_left = MOST_FAST - (self.under_way - calls_to_slow)
        slow_left = MOST_SLOW - calls_to_slow
        slots = {}
        for pk, lane in self._lanes.items():
            if pk in slow:
                slots[pk] = 1 if not lane.started and slow_left > 0 else 0
                slow_left -= slots[pk]
            else:
                slots[pk] = max(0, min(lane.most - len(lane.started), fast_left))
        return max(0, fast_left) + sum(slots[pk] for pk in slow), slots

    def begin(self, endpoint_id: UUID, message_id: UUID) -> None:
        """A call begins."""
        lane = self._lanes.setdefault(endpoint_id, Lane())
        lane.started[message_id] = lane.used_at = self._now()

    def end(self, result: Result) -> None:
        """A call has ended."""
        lane = self._lanes.setdefault(result.message.endpoint_id, Lane())
        lane.started.pop(result.message.id, None)
        lane.is_well = result.is_delivered and result.answer.milliseconds < SLOW * 1000
        lane.most = min(lane.most + 1, MOST_EACH) if lane.is_well else FIRST

    def forget(self) -> None:
        """Forget endpoints without calls for a while."""
        before = self._now() - _FORGOTTEN_AFTER
        for pk in [pk for pk, lane in self._lanes.items() if not lane.started and lane.used_at < before]:
            del self._lanes[pk]
