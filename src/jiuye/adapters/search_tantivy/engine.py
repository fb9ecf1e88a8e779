"""The engine: searches, changes, rebuilds."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from itertools import repeat
from pathlib import Path
from typing import Any
from uuid import UUID

import tantivy
from django.utils.module_loading import import_string

from jiuye.adapters.search_tantivy import facets, nearness, pages, suggesting
from jiuye.adapters.search_tantivy import schema as fields
from jiuye.adapters.search_tantivy.clusters import Collapsing
from jiuye.adapters.search_tantivy.directory import Generations, born_at, damaged_file, schema_of
from jiuye.adapters.search_tantivy.matching import Matcher
from jiuye.adapters.search_tantivy.ordering import Ordering
from jiuye.adapters.search_tantivy.questions import Question, QuestionBuilder, loosened
from jiuye.adapters.search_tantivy.reader import Reader, guarded
from jiuye.adapters.search_tantivy.writing import GenerationWriter, Writing
from jiuye.kernel import clock
from jiuye.kernel.paging import refuse_cursor
from jiuye.kernel.text import Span
from jiuye.ports.search import (
    FACET_RADII,
    LEAVE_OUT,
    EngineState,
    Hit,
    PostingDocument,
    SearchEngine,
    SearchQuery,
    SearchResult,
    SearchUnavailable,
    SimilarQuery,
    Suggestion,
    SuggestionKind,
    analyser,
)


class TantivyEngine(SearchEngine):
    """SearchEngine with its files in `directory`. `words` extends the vocabulary: words, or the dotted path of a function
    that returns them."""

    def __init__(self, directory: Path | str, words: Iterable[str] | str = ()) -> None:
        self._analyser = analyser(tuple(import_string(words)() if isinstance(words, str) else words))
        self._schema = fields.build()
        self._generations = Generations(Path(directory), f"v{fields.REVISION}.{self._analyser.fingerprint}")
        self._reader = Reader(self._generations)
        self._writing = Writing(self._generations, self._analyser, self._schema)
        self._questions = QuestionBuilder(self._analyser, self._schema)

    def search(self, query: SearchQuery) -> SearchResult:
        started = time.perf_counter()
        with self._searcher() as searcher:
            digest = _digest(query)
            after = pages.decode(query.cursor, digest) if query.cursor else None
            if after and after.rank > searcher.num_docs:  # a forged cursor
                after = None
            if query.cursor and after is None:
                refuse_cursor()
            asked_at = after.asked_at if after else int(clock.now().timestamp())
            question = self._questions.question(query, searcher, asked_at)
            ordering = Ordering(searcher, self._questions, question, query)
            collapsing = Collapsing(searcher, self._questions, question, query)
            while True:
                part = ordering.read(after)
                hits = self._hits(searcher, part.entries, question, query)
                if query.collapse:
                    pairs = zip(hits, part.entries, strict=True)
                    hits = tuple(hit for hit, entry in pairs if collapsing.keeps(hit, entry.tie))
                after = part.end(asked_at, digest) if part.more and part.entries else None
                if hits or not after:
                    break
            return SearchResult(
                total=part.total,
                items=hits,
                facets=self._counts(searcher, question, query) if query.facets else {},
                next_cursor=after.encode() if after else "",
                took=time.perf_counter() - started,
            )

    def similar(self, query: SimilarQuery) -> tuple[Hit, ...]:
        with self._searcher() as searcher:
            asked = self._questions.similar(query, searcher)
            found = searcher.search(asked, query.size, count=False, weight_by_field="weight")
            return tuple(_hit(searcher, address) for _, address in found.hits)

    def suggest(self, text: str, *, kind: SuggestionKind = "title", size: int = 8) -> list[Suggestion]:
        with self._searcher() as searcher:
            return suggesting.read(searcher, text, kind, size)

    def loosen(self, query: SearchQuery) -> Mapping[str, int]:
        with self._searcher() as searcher:
            now = clock.now().timestamp()
            counts = {}
            for name, wider in loosened(query).items():
                asked = self._questions.question(wider, searcher, now).query()
                found: Any = searcher.search(asked, 1, order_by_field="newest")
                counts[name] = int(found.count)
        return {name: count for name, count in sorted(counts.items(), key=lambda pair: -pair[1]) if count}

    def matcher(self, documents: Iterable[PostingDocument]) -> Matcher:
        try:
            whole = self._reader.searcher()
        except SearchUnavailable:
            whole = None
        return Matcher(documents, self._analyser, self._schema, whole)

    @contextmanager
    def writer(self) -> Iterator["_Committing"]:
        try:
            with self._writing.writer() as writer:
                yield _Committing(writer, self._reader)
        finally:
            self._reader.expire()

    def rebuild(
        self,
        documents: Iterable[PostingDocument],
        reread: Callable[[Sequence[UUID]], Iterable[PostingDocument]] | None = None,
        mark: int = 0,
    ) -> int:
        self._writing.rebuild(documents, reread, mark)
        self._reader.expire()
        return self.state().count

    def state(self, *, thorough: bool = False) -> EngineState:
        name = self._generations.current()
        schema = self._generations.schema
        problem, count = "", 0
        try:
            count = self._examined(name, thorough)
        except SearchUnavailable as error:
            problem = str(error)
        return EngineState(name, schema, count, not problem, self._generations.mark(name), problem)

    def close(self) -> None:
        self._reader.close()
        self._writing.close()

    def _examined(self, name: str, thorough: bool) -> int:
        """Return the number of postings in a generation. Raise SearchUnavailable if it cannot be used."""
        if not name:
            raise SearchUnavailable("no index has been built")
        if schema_of(name) != self._generations.schema:
            raise SearchUnavailable("the index is of another schema")
        if clock.now().timestamp() - born_at(name) > fields.LONGEST_LIFE:
            raise SearchUnavailable("the index is too old")
        path = self._generations.path(name)
        with guarded():
            # Before Tantivy reads them: damaged files may end the process instead of raising an error.
            if damaged := damaged_file(path, thorough=thorough):
                raise SearchUnavailable(f"the index is damaged: {damaged}")
            index = tantivy.Index.open(str(path))
            index.config_reader(reload_policy="manual")
            index.reload()
            searcher = index.searcher()
            for _, address in searcher.search(tantivy.Query.all_query(), 1, order_by_field="newest").hits:
                _hit(searcher, address)
            return int(searcher.num_docs)

    @contextmanager
    def _searcher(self) -> Iterator[tantivy.Searcher]:
        searcher = self._reader.searcher()
        try:
            with guarded():
                yield searcher
        except SearchUnavailable as error:
            self._reader.fail(str(error))
            raise

    def _hits(
        self, searcher: tantivy.Searcher, entries: Sequence[pages.Entry], question: Question, query: SearchQuery
    ) -> tuple[Hit, ...]:
        addresses = [entry.address for entry in entries]
        wanted = self._analyser.wanted(question.words) if query.highlight else frozenset()
        mark = partial(self._analyser.spans, wanted=wanted) if wanted else None
        away = nearness.distances(searcher, query.near, addresses) if query.near else repeat(None)
        return tuple(
            _hit(searcher, address, mark, distance) for address, distance in zip(addresses, away, strict=False)
        )

    def _counts(self, searcher: tantivy.Searcher, question: Question, query: SearchQuery) -> facets.Counts:
        counts = facets.count(searcher, question, query.facets)
        if query.near and "near" in query.facets:
            widest = self._questions.within(replace(query.near, within=max(FACET_RADII)))
            counts["near"] = facets.count_within(searcher, question, widest, query.near)
        return counts


class _Committing:
    """A writer with commits that this process sees immediately."""

    def __init__(self, writer: GenerationWriter, reader: Reader) -> None:
        self._reader = reader
        self._writer = writer
        self.replace = writer.replace
        self.remove = writer.remove

    def commit(self, mark: int | None = None) -> None:
        self._writer.commit(mark)
        self._reader.expire()


def _hit(
    searcher: tantivy.Searcher,
    address: tantivy.DocAddress,
    mark: Callable[[str], tuple[Span, ...]] | None = None,
    distance: int | None = None,
) -> Hit:
    payload: Any = searcher.doc(address).get_first("payload")
    posting, cluster, title, card = fields.unpack(bytes(payload))
    # doc_freq includes recently deleted postings; then the cluster is queried without need.
    shared = cluster and searcher.doc_freq("cluster", cluster) > 1
    return Hit(posting, card, title, mark(title) if mark else (), cluster if shared else "", distance)


def _digest(query: SearchQuery) -> str:
    """Identify a query for its cursors: the same for all its pages, sizes, facets and highlighting."""
    asked = (
        query.q, query.region, query.occupation, query.industry, query.pay_min, query.pay_max, query.education,
        query.experience, query.employment_type, query.agency, query.employer, query.cluster, query.posted_within,
        query.near, query.workplace, query.missing, () if query.without_applied else query.exclude, query.sort, query.collapse,
        *(getattr(query, name) for name in LEAVE_OUT),
    )  # fmt: skip
    return blake2b(repr(asked).encode(), digest_size=6).hexdigest()
