"""Collapse a result to one posting per cluster: the first in the order of the search."""

from collections.abc import Sequence
from typing import Any

import tantivy

from jiuye.adapters.search_tantivy import nearness
from jiuye.adapters.search_tantivy.ordering import field_of
from jiuye.adapters.search_tantivy.questions import Question, QuestionBuilder
from jiuye.ports.search import Hit, SearchQuery

# Few agencies publish the same job. A larger cluster shows more than one of its postings.
_MOST = 200


class Collapsing:
    """Decides for one search which posting represents each cluster.

    The decision uses the whole search, narrowed to the cluster, so all pages agree. It costs one small query for each
    posting that shares its cluster and nothing for the others.
    """

    def __init__(
        self,
        searcher: tantivy.Searcher,
        questions: QuestionBuilder,
        question: Question,
        query: SearchQuery,
    ) -> None:
        self._nearest_to = query.near if query.sort == "distance" else None
        self._searcher = searcher
        self._questions = questions
        self._question = question
        self._order = field_of(query, question)
        self._first: dict[str, int] = {}

    def keeps(self, hit: Hit, tie: int) -> bool:
        """Return whether to show the hit. `tie` identifies it within its cluster."""
        if not hit.cluster:
            return True
        if hit.cluster not in self._first:
            self._first[hit.cluster] = self._first_of(hit.cluster)
        return self._first[hit.cluster] == tie

    def _first_of(self, cluster: str) -> int:
        asked = self._question.query(self._questions.of_cluster(cluster))
        found: Any
        if self._order:
            found = self._searcher.search(asked, _MOST, count=False, order_by_field=self._order)
        else:
            found = self._searcher.search(asked, _MOST, count=False, weight_by_field="weight")
        addresses = [address for _, address in found.hits]
        ties: Sequence[int] = self._searcher.fast_field_values("tie", addresses)  # type: ignore[assignment]
        keys = [key for key, _ in found.hits]
        away = nearness.distances(self._searcher, self._nearest_to, addresses) if self._nearest_to else []
        nearness_first = [-(one or 0) for one in away] or [0] * len(keys)
        return max(zip(nearness_first, keys, ties, strict=True))[2] if keys else -1
