"""P1 of this checkout beside that of another, on the same postings and queries, round by round in turn: ratios of CPU time.

./jiuye bench search_against OTHER_CHECKOUT [--postings 20000,200000] [--queries 200] [--rounds 7]

OTHER_CHECKOUT is a git worktree with its environment installed (`./jiuye doctor` there). Each round runs a kind's queries in the one
process and then in the other; the figure is the median of the rounds' ratios, so that other work on the machine cancels.
"""

import argparse
import os
import pickle
import random
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from pathlib import Path
from statistics import median
from typing import Any

import django

django.setup()

import search as searches
from _measuring import machine

from jiuye.kernel import clock
from jiuye.ports.search import SearchQuery
from jiuye.runtime.demo import organisations, postings
from jiuye.runtime.demo.chance import Chance
from jiuye.search.documents import document

HERE = Path(__file__).resolve()


class Child:
    """A process with the code of one checkout and its index."""

    def __init__(self, checkout: Path, folder: Path, own: Path) -> None:
        environment = os.environ | {"PYTHONPATH": str(checkout / "src")}
        command = [
            str(checkout / ".jiuye/venv/bin/python"),
            str(HERE.with_name("_search_rounds.py")),
            str(folder),
            str(own),
        ]
        self._process = subprocess.Popen(
            command, cwd=checkout, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.build, self.size = self._read()

    def run(self, kind: str) -> tuple[float, float]:
        """Run a kind's queries. Return CPU seconds and the number of postings found."""
        assert self._process.stdin
        self._process.stdin.write(f"{kind}\n")
        self._process.stdin.flush()
        return self._read()

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def _read(self) -> tuple[float, float]:
        assert self._process.stdout
        seconds, count = self._process.stdout.readline().split()
        return float(seconds), float(count)


def main() -> None:
    arguments = _arguments()
    print(f"machine: {machine()}")
    cast = organisations.Cast()
    organisations.build(Chance("bench"), clock.now(), cast)
    for count in arguments.postings:
        with tempfile.TemporaryDirectory() as made, ExitStack() as open_children:
            folder = Path(made)
            _write(folder, count, cast, arguments.queries)
            ours = open_children.enter_context(_child(HERE.parents[1], folder, folder / "ours"))
            theirs = open_children.enter_context(_child(arguments.other, folder, folder / "theirs"))
            print(f"\n{count:,} postings: index built in {ours.build:.1f} s CPU, ×{ours.build / theirs.build:.2f} of the other; "
                  f"{ours.size / 1e6:.0f} MB, ×{ours.size / theirs.size:.2f}")  # fmt: skip
            for kind in (*searches.KINDS, *searches.NEARBY):
                _compare(kind.name, ours, theirs, arguments)


def _compare(kind: str, ours: Child, theirs: Child, arguments: argparse.Namespace) -> None:
    ours.run(kind), theirs.run(kind)  # to warm up
    rounds = [(ours.run(kind), theirs.run(kind)) for _ in range(arguments.rounds)]
    ratio = median(own[0] / other[0] for own, other in rounds)
    own, other = (1000 * median(one[side][0] for one in rounds) / arguments.queries for side in (0, 1))
    found = rounds[0][0][1] / max(1, rounds[0][1][1])
    print(f"  {kind:26} {own:.3f} ms CPU a query, the other {other:.3f}   ×{ratio:.2f}   postings found ×{found:.2f}")


@contextmanager
def _child(checkout: Path, folder: Path, own: Path) -> Iterator[Child]:
    child = Child(checkout, folder, own)
    try:
        yield child
    finally:
        child.close()


def _write(folder: Path, count: int, cast: organisations.Cast, queries: int) -> None:
    made = postings.build(Chance(f"postings {count}"), clock.now(), cast, count + count // 5)
    published = [document(one) for one in made if one.state == "published"][:count]
    plain = [{field.name: getattr(one, field.name) for field in fields(one)} for one in published]
    (folder / "postings").write_bytes(pickle.dumps(plain))
    kinds = []
    for kind in (*searches.KINDS, *searches.NEARBY):
        chance = random.Random(kind.name)
        kinds.append((kind.name, [_plain(kind.make(chance)) for _ in range(queries)]))
    (folder / "queries").write_bytes(pickle.dumps(kinds))


def _plain(query: SearchQuery) -> dict[str, Any]:
    """The fields of a query that say something, as values that any version of the class takes."""
    empty = SearchQuery()
    said = {field.name: getattr(query, field.name) for field in fields(query)}
    kept = {name: value for name, value in said.items() if value != getattr(empty, name)}
    if query.near:
        kept["near"] = (query.near.longitude, query.near.latitude, query.near.within, query.near.name)
    return kept


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./jiuye bench search_against", description=__doc__)
    parser.add_argument("other", type=Path, help="another checkout, with its environment")
    parser.add_argument(
        "--postings", type=lambda text: [int(part) for part in text.split(",")], default=[20_000, 200_000]
    )
    parser.add_argument("--queries", type=int, default=200, help="searches of each kind")
    parser.add_argument("--rounds", type=int, default=7)
    return parser.parse_args()


if __name__ == "__main__":
    main()
