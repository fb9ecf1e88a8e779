"""What an engine must do."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from jiuye.ports.search.documents import PostingDocument
from jiuye.ports.search.questions import Hit, SearchQuery, SearchResult, SimilarQuery
from jiuye.ports.search.suggestions import Suggestion, SuggestionKind


class SearchUnavailable(Exception):
    """There is no index, or it cannot be read. Callers fall back; the worker rebuilds it."""


class WriterBusy(Exception):
    """Another process is writing to this index; try again later."""


class RebuildRunning(Exception):
    """Another rebuild is under way; it will do."""


@dataclass(frozen=True, slots=True)
class EngineState:
    """How the index is.

    `generation` changes with every rebuild (empty: there is none); `schema` is the program's, and changes with the
    fields and the vocabulary. `mark` is the one of the last commit: by it an index that was put back from a copy is
    known to be older than the database. `problem` says in English why it is not healthy; rebuilding mends every such
    problem.
    """

    generation: str
    schema: str
    count: int
    healthy: bool
    mark: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Matches:
    """What a search finds among given postings: how many, and the newest of them."""

    total: int
    newest: tuple[UUID, ...] = ()


Matcher = Callable[[SearchQuery, int], Matches]


class SearchWriter(Protocol):
    """Changes to the index, seen by searches (in every process, within half a second) from `commit` on."""

    def replace(self, documents: Iterable[PostingDocument]) -> int:
        """Put the documents in the place of those with the same ids, or add them. Returns how many."""

    def remove(self, ids: Iterable[UUID]) -> None:
        """Take these postings out; unknown ids are no matter."""

    def commit(self, mark: int | None = None) -> None:
        """Make what was written durable and seen, all at once. `mark` is kept with it, in place of the one before; a
        process that is killed in a commit may leave the new mark on the old content, never the reverse."""


class SearchEngine(Protocol):
    """A full text engine for postings. Reading is safe from several threads and processes; one process writes."""

    def search(self, query: SearchQuery) -> SearchResult:
        """One page. Raises SearchUnavailable."""

    def similar(self, query: SimilarQuery) -> tuple[Hit, ...]:
        """Postings like the one described, best first; never one by the excluded ids. Raises SearchUnavailable."""

    def suggest(self, text: str, *, kind: SuggestionKind = "title", size: int = 8) -> list[Suggestion]:
        """Titles, employers or agencies whose name, pinyin or initials begin with what was typed, those with most postings
        first; employers also by their name without the place before it. Raises SearchUnavailable."""

    def loosen(self, query: SearchQuery) -> Mapping[str, int]:
        """For each filter in use (`q` and `pay` among them), how many postings there would be without it; only those
        that would bring some, most first. Raises SearchUnavailable."""

    def matcher(self, documents: Iterable[PostingDocument]) -> Matcher:
        """For alerts: a function that tells what a search finds among these postings alone (some thousands, held in memory),
        exactly as the whole index would find them; its second argument is how many ids are wanted. Order, paging and facets
        of the search are of no matter. Raises SearchUnavailable, now or when called."""

    def writer(self) -> AbstractContextManager[SearchWriter]:
        """The writer. What is not committed when the block ends is dropped. Raises WriterBusy, SearchUnavailable."""

    def rebuild(
        self,
        documents: Iterable[PostingDocument],
        reread: Callable[[Sequence[UUID]], Iterable[PostingDocument]] | None = None,
        mark: int = 0,
    ) -> int:
        """Build a new index from `documents` while the old one goes on answering and taking changes, then switch.

        Postings changed in the old index meanwhile are asked for again by `reread` before the switch (those it does
        not return are removed), and the mark is then that of the old index; without `reread` such changes are lost.
        Returns how many postings the new index holds. Raises RebuildRunning.
        """

    def state(self, *, thorough: bool = False) -> EngineState:
        """How the index is, as it lies on disk; `thorough` also reads all of it against its checksums."""

    def close(self) -> None:
        """Let go of the writer and the readers; for the end of a process or a test."""
