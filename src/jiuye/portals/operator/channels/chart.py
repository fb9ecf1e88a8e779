"""Thirty days as a bar chart; the table next to it has the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jiuye.domains.accounts.queries import ChannelDay

HEIGHT = 100
"""Height of the tallest bar, in the drawing's own units; a day is 10 wide."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One day: start and end of its bar. `new_height` is the share of new accounts."""

    day: date
    x: int
    height: float
    new_height: float


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


def chart(days: Sequence[ChannelDay]) -> Chart | None:
    """Return None if all days are empty."""
    most = max((one.sign_ins for one in days), default=0)
    if not most:
        return None
    top = _round_up(most)
    bars = [
        Bar(one.day, 10 * number, _part(one.sign_ins, top), _part(one.new_accounts, top))
        for number, one in enumerate(days)
    ]
    return Chart(bars, top, days[0].day, days[len(days) // 2].day, days[-1].day)


def _part(value: int, top: int) -> float:
    return round(HEIGHT * value / top, 2)


def _round_up(most: int) -> int:
    """Round up to 1, 2 or 5 times a power of ten, which reads well on an axis."""
    step = 10 ** (len(str(most)) - 1)
    return next(number * step for number in (1, 2, 5, 10) if number * step >= most)
