"""The search box's suggestions over HTTP (bar: 50 ms at 200,000 postings), while typing characters, pinyin and initials.

./jiuye bench suggest --postings 20000,200000 [--requests 600] [--distinct]

`--distinct` gives nearly every posting a different title, the worst case for the look-up.
"""

import argparse
import itertools
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import django

django.setup()

import _http
from _measuring import Figures, machine

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.kernel import clock
from jiuye.ports.search import PostingDocument
from jiuye.runtime.demo import organisations, postings
from jiuye.runtime.demo.chance import Chance
from jiuye.search.documents import document

TYPED = (
    *("焊工", "会计", "软件开发", "成都", "人力", "普工", "护士", "java", "电子"),
    *("hangong", "kuaiji", "ruanjian", "chengdu", "dianzi", "hushi", "peisong", "shouyin"),
    *("hg", "kj", "rj", "cd", "dz", "hs", "psy", "syy"),
)


def main() -> None:
    arguments = _arguments()
    print(f"machine: {machine()}")
    cast = organisations.Cast()
    organisations.build(Chance("bench"), clock.now(), cast)
    for count in arguments.postings:
        with tempfile.TemporaryDirectory() as folder:
            _measure(count, Path(folder), cast, arguments)


def _measure(count: int, folder: Path, cast: organisations.Cast, arguments: argparse.Namespace) -> None:
    engine = TantivyEngine(folder / "index", words="jiuye.domains.reference.queries.occupation_names")
    started = time.perf_counter()
    built = engine.rebuild(_documents(count, cast, arguments.distinct))
    seconds = time.perf_counter() - started
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"\n{built:,} postings: index built in {seconds:.1f} s ({built / seconds:,.0f}/s), {size / 1e6:.0f} MB")
    chance = random.Random("suggest")
    with _http.serving(folder) as port:
        for name, length in (("one letter", 1), ("two letters", 2), ("the whole word", 99)):
            asked = [
                f"/jobs/suggestions?q={quote(chance.choice(TYPED)[:length])}" for _ in range(arguments.requests // 3)
            ]
            print(f"  {name:16} {Figures(_http.times(port, asked))}")
    engine.close()


def _documents(count: int, cast: organisations.Cast, distinct: bool) -> Iterator[PostingDocument]:
    made = postings.build(Chance(f"postings {count}"), clock.now(), cast, count + count // 5)
    found = itertools.islice((document(one) for one in made if one.state == "published"), count)
    for number, one in enumerate(found):
        place = one.place.split()[-2] if distinct else ""
        yield replace(one, title=f"{one.title}（{place}{number % 97}组）") if distinct else one


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./jiuye bench suggest", description=__doc__)
    parser.add_argument(
        "--postings", type=lambda text: [int(part) for part in text.split(",")], default=[20_000, 200_000]
    )
    parser.add_argument("--requests", type=int, default=600, help="at most 1,100 of this address a minute are answered")
    parser.add_argument("--distinct", action="store_true", help="nearly every posting has a title of its own")
    return parser.parse_args()


if __name__ == "__main__":
    main()
