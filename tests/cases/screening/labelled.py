"""The labelled texts: sentences of postings of all trades, written for this purpose, half of them clean.

`development.csv` is what the rules were written with. `held_out.csv` was written before the rules were, and is only
measured with. Columns: `text`, `right` (clean, review, stop), `rule` (the kind that stands behind the label).
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jiuye.domains.jobs.screening import screen

HALVES = ("development", "held_out")
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Counts:
    """Texts that got a verdict rightly, wrongly, and those that should have got it."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Return the share of the verdicts given that are right."""
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Return the share of the texts with this label that got the verdict."""
        return self.right / (self.right + self.missed)


@dataclass(frozen=True, slots=True)
class Score:
    """The verdicts on one half. `judged`: text, label, verdict."""

    judged: tuple[tuple[str, str, str], ...]

    @property
    def texts(self) -> int:
        """Return the number of texts."""
        return len(self.judged)

    @property
    def clean(self) -> int:
        """Return the number of texts that offend nobody."""
        return sum(label == "clean" for _, label, _ in self.judged)

    @property
    def differing(self) -> tuple[tuple[str, str, str], ...]:
        """Return the texts whose verdict is not their label."""
        return tuple(one for one in self.judged if one[1] != one[2])

    def of(self, verdict: str) -> Counts:
        """Return how often the verdict was given rightly, wrongly, and not given."""
        pairs = [(label == verdict, given == verdict) for _, label, given in self.judged]
        return Counts(pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False)))


@cache
def lines(half: str) -> tuple[dict[str, str], ...]:
    """Return the labelled texts of one half."""
    with (_FOLDER / f"{half}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def score(half: str) -> Score:
    """Screen one half."""
    return Score(
        tuple((line["text"], line["right"], screen({"requirements": line["text"]}).verdict) for line in lines(half))
    )
