"""How good the search is: 250 queries with judgments by rule over 20,000 postings, by nDCG@10.

./jiuye bench relevance [--postings 20000] [--worst 20]

Each posting's grade for a query, 0 to 3, follows from what the posting was made from (`bench/relevance/*.csv`), never from what
the engine found. A query is read as the search page reads it. nDCG@10: Järvelin and Kekäläinen 2002, with gains 2^grade - 1.
`in place`: the share of the first ten in the place asked for, while there are ten. Targets: nDCG@10 0.90, in place 0.95.
"""

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from uuid import UUID

import django

django.setup()

import _relevance_postings as made_postings
from _measuring import machine
from _relevance_postings import Made, rows, split
from django.conf import settings
from django.http import QueryDict
from django.utils.http import urlencode

from jiuye.kernel import clock
from jiuye.kernel.wiring import forget_adapters
from jiuye.ports import search
from jiuye.search import criteria
from jiuye.search.documents import document
from jiuye.search.queries import search_jobs

TARGET = 0.90
TARGET_IN_PLACE = 0.95
DEPTH = 10


@dataclass(frozen=True)
class Asked:
    """A judged query: the jobs, the place (`code` or `code/zone`), the features and the left out word that it asks for."""

    kind: str
    text: str
    jobs: frozenset[str]
    place: str
    features: tuple[str, ...]
    without: str


@dataclass(frozen=True)
class Concept:
    """A skill or paper that some titles name and some postings state: `features` are keys, or `key:part of its text`."""

    titles: tuple[str, ...]
    features: tuple[str, ...]


def main() -> None:
    arguments = _arguments()
    print(f"machine: {machine()}")
    made = list(made_postings.build(arguments.postings, clock.now()))
    titles = len({one.variant for one in made})
    print(
        f"{len(made):,} postings, {titles} titles before decoration, {len({one.posting.title for one in made}):,} in all"
    )
    with tempfile.TemporaryDirectory() as folder:
        settings.PORTS["search"]["options"] = {**settings.PORTS["search"]["options"], "directory": Path(folder)}
        forget_adapters()
        search.get().rebuild(document(one.posting) for one in made)
        _measure(made, arguments.worst)
        search.get().close()


def _measure(made: Sequence[Made], worst: int) -> None:
    judge = Judge(made)
    by_id = {one.posting.id: one for one in made}
    scores: dict[str, list[float]] = defaultdict(list)
    shares: list[float] = []
    lines = []
    started = time.process_time()
    for asked in _queries():
        found = _found(asked.text)
        grades = judge.grades(asked)
        scores[asked.kind].append(ndcg([grades.get(one, 0) for one in found], list(grades.values())))
        share = judge.share_in_place(asked, [by_id[one] for one in found])
        if asked.kind == "place_job":
            shares.append(share)
        lines.append((scores[asked.kind][-1], share, asked, [by_id[one].posting.title for one in found[:4]]))
    for score, share, asked, shown in sorted(lines, key=lambda line: line[:2])[:worst]:
        print(f"  {score:.2f} {share:.2f} {asked.kind:10} {asked.text}  →  {'; '.join(shown)}")
    seconds = time.process_time() - started
    every = [score for kind in scores.values() for score in kind]
    for kind, found_scores in scores.items():
        print(f"{kind:12} {len(found_scores):4} queries   nDCG@10 {_mean(found_scores):.3f}")
    print(f"{'in all':12} {len(every):4} queries   nDCG@10 {_mean(every):.3f}   target {TARGET}")
    print(
        f"in place     {_mean(shares):.3f}   target {TARGET_IN_PLACE}   ({1000 * seconds / len(every):.1f} ms CPU a query)"
    )


def _found(text: str) -> list[UUID]:
    query = criteria.read(QueryDict(urlencode({"q": text}))).known_query
    return [hit.id for hit in search_jobs(query).hits][:DEPTH]


class Judge:
    """Grades postings by what they were made from.

    3: the job asked for, with every feature; 1: the job with some features only, or a related job with all of them; 0: neither,
    in another place, or with a word that was to be left out. Without a job: 3 if the title names the feature (or, when no title
    does, the text), 2 if only the text states it.
    """

    def __init__(self, made: Sequence[Made]) -> None:
        self._made = made
        self._kin = {job.key: job.kin for job in made_postings.jobs()}
        self._concepts = {
            row["key"]: Concept(split(row["titles"]), split(row["features"])) for row in rows("concepts.csv")
        }

    def grades(self, asked: Asked) -> Mapping[UUID, int]:
        """Return the postings with a grade above 0."""
        found = {one.posting.id: self._grade(asked, one) for one in self._made}
        return {posting: grade for posting, grade in found.items() if grade}

    def share_in_place(self, asked: Asked, found: Sequence[Made]) -> float:
        """Return the share of the first ten in the place, of as many as there are."""
        if not asked.place:
            return 1.0
        wanted = min(DEPTH, sum(bool(self._grade(asked, one)) for one in self._made))
        return min(1.0, sum(is_in(one, asked.place) for one in found) / wanted) if wanted else 1.0

    def _grade(self, asked: Asked, one: Made) -> int:
        if asked.place and not is_in(one, asked.place):
            return 0
        if asked.without and asked.without in one.posting.title:
            return 0
        stated = [self._stated(feature, one) for feature in asked.features]
        if not asked.jobs:
            return min(stated, default=0)
        if one.job.key in asked.jobs:
            return 3 if all(stated) else 1
        related = one.job.kin in {self._kin[job] for job in asked.jobs}
        return 1 if related and all(stated) else 0

    def _stated(self, key: str, one: Made) -> int:
        concept = self._concepts.get(key, Concept((), (key,)))
        if any(title in one.variant for title in concept.titles):
            return 3
        for feature in concept.features:
            name, _, part = feature.partition(":")
            if name in one.features and part in one.features[name]:
                return 2 if concept.titles else 3
        return 0


def is_in(one: Made, place: str) -> bool:
    """Return whether a posting's workplace is in `code` or `code/zone`."""
    code, _, zone = place.partition("/")
    return code in one.path and zone in one.zone


def ndcg(found: Sequence[int], ideal: Sequence[int]) -> float:
    """Return the normalized discounted cumulative gain of the first ten; 1 when nothing could be found."""
    best = _gain(sorted(ideal, reverse=True))
    return _gain(found) / best if best else 1.0


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades[:DEPTH], 1))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _queries() -> list[Asked]:
    return [
        Asked(
            row["kind"], row["query"], frozenset(split(row["jobs"])), row["place"], split(row["features"]), row["without"]
        )
        for row in rows("queries.csv")
    ]  # fmt: skip


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./jiuye bench relevance", description=__doc__)
    parser.add_argument("--postings", type=int, default=20_000)
    parser.add_argument("--worst", type=int, default=0, help="list so many queries, worst first")
    return parser.parse_args()


if __name__ == "__main__":
    main()
