"""Run many searches against a few postings, for alerts: an index in memory with only these postings."""

from collections.abc import Iterable
from typing import Any

import tantivy

from jiuye.adapters.search_tantivy import schema as fields
from jiuye.adapters.search_tantivy.questions import QuestionBuilder
from jiuye.adapters.search_tantivy.reader import guarded
from jiuye.kernel import clock
from jiuye.ports.search import Analyser, Matches, PostingDocument, SearchQuery

_MEMORY = 64_000_000


class Matcher:
    """One batch of postings; call it with a search and the number of ids wanted.

    `whole` is the searcher of the whole index, if there is one. The frequency of a word decides how it is searched for, and
    only the whole index knows it.
    """

    def __init__(
        self,
        documents: Iterable[PostingDocument],
        analyser: Analyser,
        schema: tantivy.Schema,
        whole: tantivy.Searcher | None,
    ) -> None:
        now = int(clock.now().timestamp())
        writing = fields.DocumentWriter(analyser, schema, now)
        self._now = now
        self._questions = QuestionBuilder(analyser, schema)
        self._ids = {}
        with guarded():
            index = tantivy.Index(schema)
            writer = index.writer(heap_size=_MEMORY, num_threads=1)
            for posting in documents:
                self._ids[fields.tie_of(posting.id)] = posting.id
                writer.add_document(writing.document(posting))
            writer.commit()
            writer.wait_merging_threads()
            index.reload()
            self._searcher = index.searcher()
        self._whole = whole or self._searcher

    def __call__(self, query: SearchQuery, most: int) -> Matches:
        with guarded():
            asked = self._questions.question(query, self._whole, self._now).query()
            found: Any = self._searcher.search(asked, max(most, 1), count=True, order_by_field="newest")
            if not found.count or not most:
                return Matches(int(found.count))
            ties: Any = self._searcher.fast_field_values("tie", [address for _, address in found.hits])
            return Matches(int(found.count), tuple(self._ids[tie] for tie in ties))
