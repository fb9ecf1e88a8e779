"""New postings against saved searches: 100,000 searches and 10,000 postings, matched and stored, in one run.

./jiuye bench alerts [--searches 100000] [--postings 10000]

Reports the total seconds (reading the searches from the database, matching, storing the findings) against the limit
of 60 s on 2 cores, and the memory of the process before and at its peak.
"""

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import django

django.setup()

import search as searches
from _measuring import machine
from django.conf import settings
from django.db import transaction

from jiuye.alerts import matching, stored
from jiuye.alerts.models import Finding, MatchingMark, SavedSearch
from jiuye.domains.accounts.models import User
from jiuye.domains.accounts.phones import phone_index
from jiuye.kernel import clock
from jiuye.kernel.ids import new_id
from jiuye.kernel.wiring import forget_adapters
from jiuye.ports import search
from jiuye.ports.search import SearchQuery
from jiuye.runtime.demo import organisations, postings
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance
from jiuye.search.documents import document

PEOPLE = 5_000
LIMIT = 60
WHOLE = 20_000


def main() -> None:
    arguments = _arguments()
    print(f"machine: {machine()}")
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        settings.PORTS["search"]["options"] = {**settings.PORTS["search"]["options"], "directory": Path(folder)}
        forget_adapters()
        _measure(arguments.searches, arguments.postings)
        transaction.set_rollback(True)


def _measure(search_count: int, posting_count: int) -> None:
    cast = organisations.Cast()
    organisations.build(Chance("alerts"), clock.now(), cast)
    whole = [one for one in postings.build(Chance("whole"), clock.now(), cast, WHOLE + WHOLE // 4) if _open(one)][
        :WHOLE
    ]
    search.get().rebuild(document(one) for one in whole)
    titles = [one.title for one in whole[:5_000]]
    del whole

    queries = list(_queries(search_count, titles))
    _save(queries)
    _publish(cast, posting_count)
    before = _memory()

    started = time.perf_counter()
    matched = matching.match_new()
    seconds = time.perf_counter() - started

    found = Finding.objects.count()
    print(f"saved searches {search_count:,} ({len(set(queries)):,} different), postings {matched:,}")
    print(f"matched and written down in {seconds:.1f} s: {seconds / LIMIT:.0%} of the limit of {LIMIT} s")
    print(f"findings {found:,}; memory {before} MiB before, {_memory()} MiB at its height")


def _queries(count: int, titles: list[str]) -> Iterator[SearchQuery]:
    """Return searches as people save them: a trade or a title, mostly a place, often a pay, sometimes their education."""
    chance = random.Random("alerts")
    for _ in range(count):
        words = chance.choices(("word", "title", "none"), (5, 4, 1))[0]
        query = {"word": searches.WORDS + searches.PAIRS, "title": titles, "none": ("",)}[words]
        low, high = chance.choice(searches.PAY) if chance.random() < 0.5 else (None, None)
        yield SearchQuery(
            q=chance.choice(query),
            region=(searches._region(chance),) if words == "none" or chance.random() < 0.8 else (),
            pay_min=low,
            pay_max=high,
            education=chance.randrange(1, 9) if chance.random() < 0.2 else None,
            sort="newest",
            highlight=False,
        )


def _save(queries: list[SearchQuery]) -> None:
    moment = clock.now()
    phones = [f"197{number:08d}" for number in range(PEOPLE)]
    people = [User(id=new_id(), phone=one, phone_index=phone_index(one), created_at=moment) for one in phones]
    copy_rows(people)
    kept: dict[tuple[UUID, str], SavedSearch] = {}
    for number, query in enumerate(queries):
        criteria = stored.write(query)
        owner, digest = people[number % PEOPLE].id, stored.digest(criteria)
        kept[owner, digest] = SavedSearch(
            user_id=owner, name="订阅", criteria=criteria, digest=digest, created_at=moment, next_tell_at=moment
        )
    copy_rows(list(kept.values()))


def _publish(cast: organisations.Cast, count: int) -> None:
    moment = clock.now()
    MatchingMark.objects.create(published_through=moment - timedelta(hours=1), posting_id=UUID(int=0))
    made = (one for one in postings.build(Chance("new"), moment, cast, count + count // 4) if _open(one))
    fresh = []
    for number, one in zip(range(count), made, strict=False):
        one.published_at = moment - timedelta(minutes=50) + timedelta(milliseconds=number // 100)
        fresh.append(one)
    copy_rows(fresh)


def _open(posting: object) -> bool:
    return getattr(posting, "state", "") == "published"


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./jiuye bench alerts", description=__doc__)
    parser.add_argument("--searches", type=int, default=100_000)
    parser.add_argument("--postings", type=int, default=10_000)
    return parser.parse_args()


if __name__ == "__main__":
    main()
