"""Pages of a result ordered by distance: rings of cells, nearest first, and within a ring newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import dropwhile
from typing import Any

import tantivy

from jiuye.adapters.search_tantivy import nearness, pages
from jiuye.adapters.search_tantivy.questions import Question, QuestionBuilder
from jiuye.ports.search import Near
from jiuye.ports.search.places import rounded

ORDER = "newest"
"""The order within a ring."""


@dataclass(frozen=True)
class DistancePages:
    """The pages of one search. A page reads only the rings that it needs.

    `rings` is {rounded distance in km: {cell: number of postings}}, nearest first.
    """

    searcher: tantivy.Searcher
    questions: QuestionBuilder
    question: Question
    rings: Mapping[int, Mapping[int, int]]

    @classmethod
    def of(
        cls, searcher: tantivy.Searcher, questions: QuestionBuilder, question: Question, near: Near
    ) -> "DistancePages":
        """Count what the search finds in each ring."""
        rings: dict[int, dict[int, int]] = {}
        for cell, count in nearness.counts_by_cell(searcher, question.query()).items():
            rings.setdefault(rounded(nearness.away(near, cell)), {})[cell] = count
        return cls(searcher, questions, question, dict(sorted(rings.items())))

    @property
    def total(self) -> int:
        """The number of postings in all rings."""
        return sum(sum(cells.values()) for cells in self.rings.values())

    def read(self, size: int, *, rank: int = 0, after: pages.Position | None) -> tuple[list[pages.Entry], int, bool]:
        """Return `size` entries after `after`, or from `rank` (from 0), the ring of the last, and whether there are more."""
        rings = list(dropwhile(lambda ring: after and ring[0] < after.ring, self.rings.items()))
        found: list[pages.Entry] = []
        last = 0
        for place, (ring, cells) in enumerate(rings):
            count = sum(cells.values())
            if not after and rank >= count:
                rank -= count
                continue
            within = after if after and after.ring == ring else None
            entries, more = self._of_ring(cells, size - len(found), rank, within)
            rank, found = 0, found + entries
            last = ring if entries else last
            if more or len(found) == size:
                return found, last, more or place + 1 < len(rings)
        return found, last, False

    def _of_ring(
        self, cells: Mapping[int, int], size: int, rank: int, after: pages.Position | None
    ) -> tuple[list[pages.Entry], bool]:
        ring = [self.questions.in_cells(cells)]
        if after:
            ring.append(self.questions.up_to(ORDER, int(after.key)))
        asked = self.question.query(*ring)

        def fetch(offset: int, limit: int) -> Sequence[tuple[pages.Key, tantivy.DocAddress]]:
            found: Any = self.searcher.search(asked, limit, count=False, offset=offset, order_by_field=ORDER)
            return list(found.hits)

        ties: Any = partial(self.searcher.fast_field_values, "tie")
        entries, _, more = pages.read(fetch, ties, rank=0 if after else rank, size=size, after=after)
        return entries, more
