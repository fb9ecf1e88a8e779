"""Change the current generation, and build a new one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

import tantivy

from jiuye.adapters.search_tantivy.directory import Generations, born_at
from jiuye.adapters.search_tantivy.reader import guarded
from jiuye.adapters.search_tantivy.schema import DocumentWriter
from jiuye.ports.search import Analyser, PostingDocument, RebuildRunning, SearchUnavailable, WriterBusy

_MEMORY = 64_000_000
_MEMORY_FOR_REBUILD = 256_000_000
_WAIT = 10.0
_WAIT_FOR_SWITCH = 60.0


class GenerationWriter:
    """Changes to one generation (SearchWriter)."""

    def __init__(
        self, generations: Generations, name: str, analyser: Analyser, schema: tantivy.Schema, memory: int = _MEMORY
    ) -> None:
        self.generation = name
        self._generations = generations
        self._documents = DocumentWriter(analyser, schema, born_at(name))
        self._changed: list[UUID] = []
        path = generations.path(name)
        with guarded():
            index = (
                tantivy.Index(schema, str(path)) if not (path / "meta.json").exists() else tantivy.Index.open(str(path))
            )
            try:
                self._writer = index.writer(heap_size=memory, num_threads=1)
            except ValueError as error:
                if "lock" in str(error).lower():
                    raise WriterBusy("another process keeps this index open for writing") from error
                raise

    def replace(self, documents: Iterable[PostingDocument]) -> int:
        count = 0
        for posting in documents:
            self._writer.delete_documents_by_term("id", posting.id.hex)
            self._writer.add_document(self._documents.document(posting))
            self._changed.append(posting.id)
            count += 1
        return count

    def add(self, documents: Iterable[PostingDocument]) -> int:
        """Add documents that are not in the index yet."""
        count = 0
        for posting in documents:
            self._writer.add_document(self._documents.document(posting))
            count += 1
        return count

    def remove(self, ids: Iterable[UUID]) -> None:
        for posting in ids:
            self._writer.delete_documents_by_term("id", posting.hex)
            self._changed.append(posting)

    def commit(self, mark: int | None = None) -> None:
        # First the log for a running rebuild: a logged change that is not committed is only read once more.
        self._generations.log(self._changed)
        if mark is not None:
            self._generations.set_mark(self.generation, mark)
        with guarded():
            self._writer.commit()
        self._changed.clear()

    def drop(self) -> None:
        """Discard uncommitted changes."""
        if self._changed:
            with guarded():
                self._writer.rollback()
            self._changed.clear()

    def finish(self) -> None:
        """Wait for merges and close the files."""
        with guarded():
            self._writer.wait_merging_threads()


class Writing:
    """The writer of the current generation, kept open between changes so that merges run in the background."""

    def __init__(self, generations: Generations, analyser: Analyser, schema: tantivy.Schema) -> None:
        self._generations = generations
        self._analyser = analyser
        self._schema = schema
        self._writer: GenerationWriter | None = None
        self._swept = ""

    @contextmanager
    def writer(self) -> Iterator[GenerationWriter]:
        """Yield the writer, exclusive across processes during the block. Raise WriterBusy, SearchUnavailable."""
        with self._generations.lock("writer", _WAIT) as held:
            if not held:
                raise WriterBusy("another process is writing to this index")
            writer = self._current()
            try:
                yield writer
            except SearchUnavailable:
                self._writer = None  # a writer cannot be used after an error
                raise
            finally:
                if self._writer is not None:
                    writer.drop()

    def rebuild(
        self,
        documents: Iterable[PostingDocument],
        reread: Callable[[Sequence[UUID]], Iterable[PostingDocument]] | None,
        mark: int,
    ) -> int:
        """See SearchEngine.rebuild."""
        generations = self._generations
        with generations.lock("rebuild") as held:
            if not held:
                raise RebuildRunning("another rebuild is under way")
            generations.sweep()
            with generations.lock("writer", _WAIT) as quiet:
                if not quiet:
                    raise WriterBusy("another process is writing to this index")
                generations.start_log()
            name = generations.fresh()
            try:
                generations.set_mark(name, mark)
                return self._built(name, documents, reread)
            finally:
                generations.end_log()

    def close(self) -> None:
        self._writer = None

    def _built(
        self,
        name: str,
        documents: Iterable[PostingDocument],
        reread: Callable[[Sequence[UUID]], Iterable[PostingDocument]] | None,
    ) -> int:
        """Fill the new generation, apply the changes logged since the start, switch to it."""
        new = self._opened(name, _MEMORY_FOR_REBUILD)
        count = new.add(documents)
        new.commit()
        new.finish()
        with self._generations.lock("writer", _WAIT_FOR_SWITCH) as quiet:
            if not quiet:
                raise WriterBusy("another process is writing to this index")
            changed = self._generations.end_log()
            if changed and reread:
                new = self._opened(name, _MEMORY)
                new.remove(changed)
                new.replace(reread(changed))
                new.commit(self._generations.mark(self._generations.current()))
                new.finish()
            self._generations.switch(name)
        return count

    def _opened(self, name: str, memory: int) -> GenerationWriter:
        return GenerationWriter(self._generations, name, self._analyser, self._schema, memory)

    def _current(self) -> GenerationWriter:
        name = self._generations.current()
        if not name or not name.startswith(f"{self._generations.schema}-"):
            self._writer = None
            raise SearchUnavailable("there is no index of this schema to write to")
        if self._writer is None or self._writer.generation != name or not self._intact(name):
            self._writer = None  # close the old one before opening the next
            if not self._intact(name):
                raise SearchUnavailable("the index has lost its files")
            self._writer = self._opened(name, _MEMORY)
        if self._swept != name:
            self._sweep(name)
        return self._writer

    def _intact(self, name: str) -> bool:
        return (self._generations.path(name) / "meta.json").exists()

    def _sweep(self, name: str) -> None:
        with self._generations.lock("rebuild") as alone:
            if alone:
                self._generations.end_log()
                self._generations.sweep()
                self._swept = name
