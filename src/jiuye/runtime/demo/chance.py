"""The demonstration's random generator: the same seed gives the same data."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

Choice = TypeVar("Choice")
SEED = 20_260_301


class Chance(random.Random):
    """A seeded generator with the few draws the demonstration needs."""

    def id(self) -> UUID:
        """Return a key that is the same in every run."""
        return UUID(int=self.getrandbits(128), version=4)

    def some(self, options: Sequence[Choice], least: int, most: int) -> list[Choice]:
        """Return between `least` and `most` different options, in their order."""
        number = min(len(options), self.randint(least, most))
        chosen = sorted(self.sample(range(len(options)), number))
        return [options[index] for index in chosen]

    def before(self, moment: datetime, mean_hours: float, most_hours: float) -> datetime:
        """Return a moment before `moment`, recent ones more often."""
        return moment - timedelta(hours=min(self.expovariate(1 / mean_hours) + 0.2, most_hours))

    def rounded(self, low: float, high: float, step: int) -> int:
        """Return a figure in the range, rounded to a usual step."""
        return max(step, round(self.uniform(low, high) / step) * step)
