"""Precision and recall of the screening on the labelled texts, and its rate on postings like the demonstration's.

./jiuye bench screening [--postings 4000] [--show]

`--show` prints every text whose verdict differs from its label.
"""

import argparse
import sys
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import django

django.setup()

from _measuring import machine

from jiuye.domains.jobs.screening import screen_posting
from jiuye.kernel import clock
from jiuye.runtime.demo import organisations, postings
from jiuye.runtime.demo.chance import Chance
from tests.cases.screening.labelled import HALVES, score

BARS = {"stop": (0.97, 0.95), "review": (0.97, 0.90)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postings", type=int, default=4000)
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    print(f"machine: {machine()}")
    for half in HALVES:
        _quality(half, is_shown=arguments.show)
    _rate(arguments.postings)


def _quality(half: str, *, is_shown: bool) -> None:
    found = score(half)
    print(f"\n{half}: {found.texts} texts, {found.clean} of them clean")
    for verdict, (precision, recall) in BARS.items():
        one = found.of(verdict)
        print(
            f"  {verdict:6} precision {one.precision:.3f} (bar {precision}), recall {one.recall:.3f} (bar {recall})"
            f"  [{one.right} right, {one.wrong} wrong, {one.missed} missed]"
        )
    for text, label, verdict in found.differing if is_shown else ():
        print(f"    {label} → {verdict}: {text}")


def _rate(count: int) -> None:
    """Print postings screened a second, whole and without any cache: best and median of five runs."""
    cast = organisations.Cast()
    organisations.build(Chance("screening"), clock.now(), cast)
    made = list(postings.build(Chance("screening"), clock.now(), cast, count))
    screen_posting(made[0])
    rates = []
    for _ in range(5):
        started = time.perf_counter()
        held = sum(screen_posting(posting).verdict != "clean" for posting in made)
        rates.append(count / (time.perf_counter() - started))
    size = sum(len(f"{one.duties}{one.requirements}{one.working_conditions}") for one in made) / count
    print(
        f"\n{count:,} postings of {size:.0f} characters: best {max(rates):,.0f}/s, median {median(rates):,.0f}/s"
        f" (bar 2,000/s); {held} held or stopped"
    )


if __name__ == "__main__":
    main()
