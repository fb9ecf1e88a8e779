"""Keep the index in step with the database: apply changes, and rebuild it when it differs."""

import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

import structlog
from django.db import connection, transaction

from jiuye.domains.jobs import queries as jobs
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel.memory import without_cycle_search
from jiuye.ports import search
from jiuye.ports.search import PostingDocument, SearchUnavailable
from jiuye.search.documents import document
from jiuye.search.models import IndexMark, PendingChange

log = structlog.get_logger("search")
_BATCH = 2000
_LOOKS = 3
_BETWEEN_LOOKS = 2.0


def drain() -> int:
    """Apply all pending changes to the index. Return their number.

    A pending change is deleted only after the commit of the index, and only if it is unchanged: a posting that changes
    again in the meantime stays pending, and a process that is killed leaves its changes to the next. Raise
    SearchUnavailable (there is no index to write to) and WriterBusy.
    """
    count = 0
    if PendingChange.objects.exists() and (problem := fault()):
        # Its mark would be overwritten, and with it the only sign that index and database are of different times.
        raise SearchUnavailable(problem)
    while noted := list(PendingChange.objects.order_by("requested_at", "posting_id").values_list()[:_BATCH]):
        _take_in(noted)
        count += len(noted)
    if count:
        log.info("index updated", postings=count)
    return count


def ensure(*, thorough: bool = False, compare: bool = True) -> bool:
    """Rebuild the index if it is missing, corrupt or out of sync. Return whether it was rebuilt.

    `thorough` verifies the checksums of its files; `compare` compares its number of postings with the database.
    """
    problem = fault(thorough=thorough) or (_disagreement() if compare else "")
    if problem:
        log.warning("rebuilding the index", reason=problem)
        rebuild()
    drain()
    return bool(problem)


def rebuild() -> int:
    """Rebuild the index from the database while the old one keeps answering. Return its number of postings; -1 if another
    process is already rebuilding."""
    started = time.perf_counter()
    try:
        with without_cycle_search():
            count = search.get().rebuild(_documents(jobs.all_indexable()), reread=_reread, mark=_serial())
    except search.RebuildRunning:
        return -1
    log.info("index built", postings=count, seconds=round(time.perf_counter() - started, 1))
    return count


def _take_in(noted: Sequence[tuple[UUID, datetime]]) -> None:
    ids = [posting_id for posting_id, _ in noted]
    with search.get().writer() as writer:
        documents = [document(posting) for posting in jobs.indexable(ids)]
        open_ids = {one.id for one in documents}
        writer.replace(documents)
        writer.remove(posting_id for posting_id in ids if posting_id not in open_ids)
        serial = _serial() + 1
        writer.commit(mark=serial)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM search_pendingchange noted USING unnest(%s::uuid[], %s::timestamptz[]) AS done (id, at) "
                "WHERE noted.posting_id = done.id AND noted.requested_at = done.at",
                [ids, [moment for _, moment in noted]],
            )
            IndexMark.objects.update_or_create(pk=1, defaults={"serial": serial})


def _serial() -> int:
    return IndexMark.objects.filter(pk=1).values_list("serial", flat=True).first() or 0


def fault(*, thorough: bool = False) -> str:
    """Return what is wrong with the index or its mark; empty if nothing is. One query."""
    state = search.get().state(thorough=thorough)
    if not state.healthy:
        return state.problem
    serial = _serial()
    # One ahead: a process was killed between the commit of the index and that of the database, and its changes still wait. If
    # none do, the database was restored to an earlier state.
    if state.mark == serial or (state.mark == serial + 1 and PendingChange.objects.exists()):
        return ""
    if state.mark == (serial := _serial()):  # both were committed meanwhile
        return ""
    return f"the index is at change set {state.mark}, the database at {serial}"


def _disagreement() -> str:
    """A lasting difference between the numbers of postings in index and database, without pending changes; else empty."""
    for look in range(_LOOKS):
        if look:
            time.sleep(_BETWEEN_LOOKS)
            drain()
        indexed, stored = search.get().state().count, jobs.indexable_count()
        if indexed == stored or PendingChange.objects.exists():
            return ""
    return f"the index holds {indexed} postings, the database {stored}"


def _reread(posting_ids: Sequence[UUID]) -> Iterator[PostingDocument]:
    for start in range(0, len(posting_ids), _BATCH):
        yield from _documents(jobs.indexable(posting_ids[start : start + _BATCH]))


def _documents(postings: Iterable[JobPosting]) -> Iterator[PostingDocument]:
    return (document(posting) for posting in postings)
