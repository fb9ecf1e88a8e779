"""The interface of a search engine."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from jiuye.ports.search.documents import PostingDocument
from jiuye.ports.search.questions import Hit, SearchQuery, SearchResult, SimilarQuery
from jiuye.ports.search.suggestions import Suggestion, SuggestionKind


class SearchUnavailable(Exception):
    """There is no readable index. Callers fall back to the database; the worker rebuilds the index."""


class WriterBusy(Exception):
    """Another process is writing to this index. Try again later."""


class RebuildRunning(Exception):
    """Another rebuild is running, so this one is not needed."""


@dataclass(frozen=True, slots=True)
class EngineState:
    """The state of the index.

    `generation` changes with every rebuild; empty without an index. `schema` is the version of the code, which changes with
    the fields and the vocabulary. `mark` is the mark of the last commit; it shows whether an index restored from a backup
    is older than the database. `problem` says in English why the index is not healthy; a rebuild repairs every problem.
    """

    generation: str
    schema: str
    count: int
    healthy: bool
    mark: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Matches:
    """What a search finds among given postings: the number and the newest ids."""

    total: int
    newest: tuple[UUID, ...] = ()


Matcher = Callable[[SearchQuery, int], Matches]


class SearchWriter(Protocol):
    """Changes to the index. After `commit`, searches in every process see them within half a second."""

    def replace(self, documents: Iterable[PostingDocument]) -> int:
        """Add the documents, replacing those with the same ids. Return their number."""

    def remove(self, ids: Iterable[UUID]) -> None:
        """Delete these postings; ignore unknown ids."""

    def commit(self, mark: int | None = None) -> None:
        """Make all changes durable and visible at once. `mark` replaces the previous mark. A process that is killed during
        a commit may leave the new mark with the old content, never the old mark with the new content."""


class SearchEngine(Protocol):
    """A full-text engine for postings. Several threads and processes may read; one process writes."""

    def search(self, query: SearchQuery) -> SearchResult:
        """Return one page of a search. Raise SearchUnavailable."""

    def similar(self, query: SimilarQuery) -> tuple[Hit, ...]:
        """Return postings similar to the one described, best first, without the excluded ids. Raise SearchUnavailable."""

    def suggest(self, text: str, *, kind: SuggestionKind = "title", size: int = 8) -> list[Suggestion]:
        """Return titles, employers or agencies with a name, pinyin or initials that start with `text`, most postings first.
        Employers also match by their name without its leading place. Raise SearchUnavailable."""

    def loosen(self, query: SearchQuery) -> Mapping[str, int]:
        """Return for each filter in use (including `q` and `pay`) how many postings the search without it finds, most first;
        filters that make no difference are omitted. Raise SearchUnavailable."""

    def matcher(self, documents: Iterable[PostingDocument]) -> Matcher:
        """Return a function for alerts: what a search finds among these postings only (some thousands, in memory), exactly as
        the whole index would. Its second argument is the number of ids wanted. Order, paging and facets of the search are
        ignored. Raise SearchUnavailable, now or in a call."""

    def writer(self) -> AbstractContextManager[SearchWriter]:
        """Return the writer. Uncommitted changes are discarded at the end of the block. Raise WriterBusy, SearchUnavailable."""

    def rebuild(
        self,
        documents: Iterable[PostingDocument],
        reread: Callable[[Sequence[UUID]], Iterable[PostingDocument]] | None = None,
        mark: int = 0,
    ) -> int:
        """Build a new index from `documents` while the old one keeps answering and taking changes, then switch to it.

        Postings changed in the old index during the rebuild are read again with `reread` before the switch (those it does
        not return are deleted), and the mark is then that of the old index. Without `reread` such changes are lost.
        Return the number of postings in the new index. Raise RebuildRunning.
        """

    def state(self, *, thorough: bool = False) -> EngineState:
        """Return the state of the index on disk. `thorough` also verifies the checksums of all files."""

    def close(self) -> None:
        """Release the writer and the readers, at the end of a process or a test."""
