"""P1: the engine in process against PostgreSQL full text, on the same postings, tokens and queries, in one run.
P2, P3: the same searches over HTTP as JSON and as whole pages, one core for the server and one for the load.

./jiuye bench search --postings 20000,200000 [--queries 300] [--rows 60] [--requests 1500]
"""

import argparse
import itertools
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import django

django.setup()

import _http
from _full_text import FullText
from _measuring import Figures, machine, timed
from django.db import connection

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.domains.reference import queries as reference
from jiuye.kernel import clock
from jiuye.portals.seeker.jobs.links import link
from jiuye.ports.search import Near, PostingDocument, SearchQuery
from jiuye.runtime.demo import organisations, postings
from jiuye.runtime.demo.chance import Chance
from jiuye.search.documents import document
from jiuye.search.queries import FACETS

WORDS = (
    *("焊工", "司机", "会计", "保洁", "销售", "客服", "普工", "java", "python", "软件工程师", "护士", "厨师", "服务员"),
    *("电工", "保安", "设计师", "教师", "骑手", "仓库管理员", "文员", "收银员", "叉车", "快递", "质检员", "前端开发"),
    *("运营", "月嫂", "机械工程师", "采购", "行政", "财务", "装配工", "数据分析", "美容师", "律师", "人事"),
)
PAIRS = (
    "焊工 包住",
    "会计 五险一金",
    "司机 长途",
    "java 开发",
    "销售 年终奖",
    "普工 包吃住",
    "客服 双休",
    "电工 证",
    "护士 夜班",
)
PAY = ((3000, 6000), (5000, 8000), (8000, 12000), (6000, None), (10000, None))


@dataclass(frozen=True)
class Kind:
    """A kind of search in the mix."""

    name: str
    make: Callable[[random.Random], SearchQuery]


def _word(chance: random.Random) -> str:
    return chance.choice(WORDS if chance.random() < 0.7 else PAIRS)


def _region(chance: random.Random) -> str:
    province = chance.choice(postings.MAGNETS)
    return province if chance.random() < 0.5 else chance.choice(reference.children(province)).code


def _narrowed(chance: random.Random) -> SearchQuery:
    low, high = chance.choice(PAY)
    return SearchQuery(q=_word(chance), region=(_region(chance),), pay_min=low, pay_max=high)


def _near(chance: random.Random) -> Near:
    """Return an area around a county of a popular province."""
    city = chance.choice(reference.children(chance.choice(postings.MAGNETS)))
    region = chance.choice(reference.children(city.code) or [city])
    return Near(region.longitude, region.latitude, within=chance.choice((5, 10, 20, 50)), name=region.code)


KINDS = (
    Kind("keyword", lambda chance: SearchQuery(q=_word(chance))),
    Kind("keyword + region + pay", _narrowed),
    Kind("keyword, newest first", lambda chance: SearchQuery(q=_word(chance), sort="newest")),
    Kind("keyword, with facets", lambda chance: SearchQuery(q=_word(chance), facets=FACETS)),
    Kind("browse region, newest", lambda chance: SearchQuery(region=(_region(chance),), sort="newest")),
)
# PostgreSQL without PostGIS has nothing to compare with these.
NEARBY = (
    Kind("near a place, newest", lambda chance: SearchQuery(near=_near(chance), sort="newest")),
    Kind("near a place, by distance", lambda chance: SearchQuery(near=_near(chance), sort="distance")),
    Kind("keyword, by distance", lambda chance: SearchQuery(q=_word(chance), near=_near(chance), sort="distance")),
    Kind("by distance, with facets", lambda chance: SearchQuery(near=_near(chance), sort="distance", facets=FACETS)),
    Kind("50 km round the busiest", lambda _: SearchQuery(near=Near(121.47366, 31.23037, within=50), sort="distance")),
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
    built = engine.rebuild(_documents(count, cast))
    seconds = time.perf_counter() - started
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"\n{built:,} postings: index built with generated texts in {seconds:.1f} s "
          f"({built / seconds:,.0f}/s), {size / 1e6:.0f} MB")  # fmt: skip
    full_text = FullText(connection)
    if arguments.rows:
        seconds = full_text.load(_documents(count, cast))
        print(f"the same rows in PostgreSQL, GIN and B-tree indexes built: {seconds:.1f} s")
    for kind in (*KINDS, *NEARBY):
        chance = random.Random(kind.name)
        queries = [kind.make(chance) for _ in range(arguments.queries)]
        _warm(engine, queries)
        own = timed([lambda query=query: engine.search(query) for query in queries])
        print(f"  {kind.name:26} engine      {own}")
        if arguments.rows and kind in KINDS:
            _compare(full_text, own, queries[: arguments.rows])
    if arguments.requests:
        _over_http(engine, folder, arguments.requests)
    engine.close()


def _over_http(engine: TantivyEngine, folder: Path, requests: int) -> None:
    """Measure P2 and P3, each against a loop over the same engine calls in this process."""
    chance = random.Random("http")
    queries = [chance.choice(KINDS).make(chance) for _ in range(requests)]
    with _http.serving(folder) as port:
        for name, path, marked in (("P2 JSON", "/api/v1/jobs", False), ("P3 page", "/jobs", True)):
            asked = [replace(query, facets=FACETS, highlight=marked) for query in queries]
            _warm(engine, asked)
            bare = timed([lambda query=query: engine.search(query) for query in asked])
            rate = _http.rate(port, [path + link(query) for query in queries])
            print(f"  {name:24} engine loop {1 / bare.mean:,.0f}/s  over HTTP {rate:,.0f}/s  {rate * bare.mean:.0%}")


def _compare(full_text: FullText, own: Figures, queries: Sequence[SearchQuery]) -> None:
    full_text.search(queries[0])
    theirs = timed([lambda query=query: full_text.search(query) for query in queries])
    print(f"  {'':26} PostgreSQL  {theirs}   ×{theirs.mean / own.mean:.0f}")


def _warm(engine: TantivyEngine, queries: Sequence[SearchQuery]) -> None:
    for query in queries[:20]:
        engine.search(query)


def _documents(count: int, cast: organisations.Cast) -> Iterator[PostingDocument]:
    """Return the same published postings every time."""
    made = postings.build(Chance(f"postings {count}"), clock.now(), cast, count + count // 5)
    return itertools.islice((document(one) for one in made if one.state == "published"), count)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./jiuye bench search", description=__doc__)
    parser.add_argument(
        "--postings", type=lambda text: [int(part) for part in text.split(",")], default=[20_000, 200_000]
    )
    parser.add_argument("--queries", type=int, default=300, help="searches of each kind by the engine")
    parser.add_argument("--rows", type=int, default=60, help="of these also asked of PostgreSQL; 0: none")
    parser.add_argument("--requests", type=int, default=1500, help="searches over HTTP; 0: none")
    return parser.parse_args()


if __name__ == "__main__":
    main()
