"""The orders of a result: by score, by a sort field, by distance; each read page by page."""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import tantivy

from jiuye.adapters.search_tantivy import pages
from jiuye.adapters.search_tantivy.by_distance import DistancePages
from jiuye.adapters.search_tantivy.questions import Question, QuestionBuilder
from jiuye.ports.search import SearchQuery


class Part(NamedTuple):
    """A page: the number of postings in the whole result, the entries of the page, the rank of the next entry (by score) or
    the ring of the last (by distance), and whether there are more."""

    total: int
    entries: list[pages.Entry]
    rank: int
    ring: int
    more: bool

    def end(self, asked_at: int, digest: str) -> pages.Position:
        """Return the position of the last entry."""
        last = self.entries[-1]
        return pages.Position(last.key, last.tie, self.rank, self.total, asked_at, digest, self.ring)


def field_of(query: SearchQuery, question: Question) -> str:
    """Return the sort field; empty for the score. Without words all scores are equal, so the order is newest first."""
    if query.sort == "relevance":
        return "" if question.words else "newest"
    return "newest" if query.sort == "distance" else query.sort


class Ordering:
    """The pages of one search in its order."""

    def __init__(
        self, searcher: tantivy.Searcher, questions: QuestionBuilder, question: Question, query: SearchQuery
    ) -> None:
        self._searcher = searcher
        self._questions = questions
        self._question = question
        self._field = field_of(query, question)
        self._first = (query.page - 1) * query.size
        self._size = query.size
        by_distance = query.sort == "distance" and query.near
        self._rings = (
            DistancePages.of(searcher, questions, question, query.near) if by_distance and query.near else None
        )

    def read(self, after: pages.Position | None) -> Part:
        """Return the page after a position; without one, the page that the query gives by number."""
        if self._rings:
            entries, ring, more = self._rings.read(self._size, rank=self._first, after=after)
            return Part(after.total if after else self._rings.total, entries, 0, ring, more)
        return self._by_field(after) if self._field else self._by_score(after)

    def _by_score(self, after: pages.Position | None) -> Part:
        whole, total = self._question.query(), after.total if after else -1

        def fetch(offset: int, limit: int) -> Sequence[tuple[pages.Key, tantivy.DocAddress]]:
            nonlocal total
            found: Any = self._searcher.search(whole, limit, count=total < 0, offset=offset, weight_by_field="weight")
            total = int(found.count) if total < 0 else total
            return list(found.hits)

        rank = after.rank if after else self._first
        entries, following, more = pages.read(fetch, self._ties, rank=rank, size=self._size, after=after)
        return Part(total, entries, following, 0, more)

    def _by_field(self, after: pages.Position | None) -> Part:
        total = after.total if after else -1
        rest = [self._questions.up_to(self._field, int(after.key))] if after else []
        asked = self._question.query(*rest)

        def fetch(offset: int, limit: int) -> Sequence[tuple[pages.Key, tantivy.DocAddress]]:
            nonlocal total
            found: Any = self._searcher.search(asked, limit, count=total < 0, offset=offset, order_by_field=self._field)
            total = int(found.count) if total < 0 else total
            return list(found.hits)

        rank = 0 if after else self._first
        entries, _, more = pages.read(fetch, self._ties, rank=rank, size=self._size, after=after)
        return Part(total, entries, 0, 0, more)

    @property
    def _ties(self) -> Any:
        return partial(self._searcher.fast_field_values, "tie")
