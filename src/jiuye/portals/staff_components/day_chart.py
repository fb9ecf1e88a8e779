"""Thirty days as a bar chart; the table next to it has the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

HEIGHT = 100
"""Height of the tallest bar, in the drawing's own units; a day is 10 wide."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One day: where its bar begins, and how high it is. `part_height` is the share that is told apart."""

    day: date
    x: int
    height: float
    part_height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """All bars, with the axis labels."""

    bars: Sequence[Bar]
    top: int
    first: date
    middle: date
    last: date

    @property
    def width(self) -> int:
        return 10 * len(self.bars)


def chart(days: Sequence[tuple[date, int, int]]) -> Chart | None:
    """Return the chart of days, each with its number and the part of it that is told apart. None if all are empty."""
    most = max((number for _, number, _ in days), default=0)
    if not most:
        return None
    top = _round_up(most)
    bars = [
        Bar(day, 10 * position, _part(number, top), _part(part, top))
        for position, (day, number, part) in enumerate(days)
    ]
    return Chart(bars, top, days[0][0], days[len(days) // 2][0], days[-1][0])


def _part(value: int, top: int) -> float:
    return round(HEIGHT * value / top, 2)


def _round_up(most: int) -> int:
    """Round up to 1, 2 or 5 times a power of ten, which reads well on an axis."""
    step = 10 ** (len(str(most)) - 1)
    return next(number * step for number in (1, 2, 5, 10) if number * step >= most)
