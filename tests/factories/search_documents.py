"""Postings as the search engine is told about them. All invented."""

import random
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import orjson

from jiuye.ports.search import PostingDocument, SearchEngine, SearchQuery

CHENGDU_WUHOU = ("510000", "510100", "510107")
CHENGDU_JINJIANG = ("510000", "510100", "510104")
MIANYANG_FUCHENG = ("510000", "510700", "510703")
HANGZHOU_XIHU = ("330000", "330100", "330106")

NOW = 1_780_000_000  # seconds since 1970: an hour before the moment of the contract tests

_next = iter(range(1, 1 << 60))


def posting(title: str = "仓库管理员", **given: Any) -> PostingDocument:
    """A posting titled `title`, everything else ordinary unless given."""
    values: dict[str, Any] = {
        "id": UUID(int=(next(_next) << 64) | random.Random(title + repr(sorted(given))).getrandbits(62)),
        "title": title,
        "region": CHENGDU_WUHOU,
        "occupation": ("4-00-00-00", "4-02-00-00", "4-02-06-00", "4-02-06-01"),
        "industry": ("G", "G59"),
        "pay_min": 5000,
        "pay_max": 7000,
        "employment_type": "full_time",
        "agency_id": "agency-1",
        "employer_id": "employer-1",
        "published_at": NOW,
    } | given
    values.setdefault("card", orjson.dumps({"title": title, "id": str(values["id"])}))
    return PostingDocument(**values)


def many(count: int, **given: Any) -> Iterator[PostingDocument]:
    """`count` postings that differ in nothing but their ids."""
    for number in range(count):
        yield posting("普工", id=UUID(int=((number + 1) << 64) | (number * 7919 % (1 << 40))), **given)


def fill(engine: SearchEngine, *postings: PostingDocument) -> None:
    """Put the postings into the index."""
    with engine.writer() as writer:
        writer.replace(postings)
        writer.commit()


def titles(engine: SearchEngine, q: str = "", **given: Any) -> list[str]:
    """The titles that a search finds, in order."""
    return [hit.title for hit in engine.search(SearchQuery(q=q, **given)).items]
