"""The only writer of the feed: gives each change its position, in the order of commit and without gaps."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

import orjson
import structlog
from django.db import connection, transaction

from jiuye.changes.bodies import application_body, job_body
from jiuye.changes.models import FeedItem, FeedMark, PendingItem
from jiuye.domains.applications import queries as applications
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel import clock, worlds
from jiuye.kernel.errors import NotFound

log = structlog.get_logger("changes")
_BATCH = 1000
_COLUMNS = [str(field.column) for field in FeedItem._meta.concrete_fields]
# One text for all rows. `bulk_create` passes an array for each column, in which the driver escapes every quotation mark of
# the bodies one by one, in Python: five times the time of everything else here.
_STORE = (
    f"INSERT INTO {FeedItem._meta.db_table} ({', '.join(_COLUMNS)})"  # noqa: S608 - our own names
    f" SELECT {', '.join(_COLUMNS)} FROM json_populate_recordset(NULL::{FeedItem._meta.db_table}, %s::json)"
    f" ON CONFLICT (object_id) DO UPDATE SET {', '.join(f'{one} = excluded.{one}' for one in _COLUMNS[1:])}"
)
# Locked in the order in which handlers write them: no deadlock.
_FORGET_NOTED = """
WITH done AS (
    SELECT noted.object_id FROM changes_pendingitem noted
    JOIN unnest(%s::uuid[], %s::timestamptz[]) AS read (id, at) ON noted.object_id = read.id AND noted.requested_at = read.at
    ORDER BY noted.object_id FOR UPDATE OF noted
)
DELETE FROM changes_pendingitem noted USING done WHERE noted.object_id = done.object_id
"""


@dataclass(frozen=True, slots=True)
class Present:
    """An object as it is now. `gone`: why it is not in the feed's public; empty: `body` is its content."""

    object_id: UUID
    kind: str
    occurred_at: datetime
    gone: str = ""
    body: str = ""
    version: int = 0
    valid_through: date | None = None
    agency_id: UUID | None = None
    merged_into: UUID | None = None


def drain() -> int:
    """Write the changes of all pending objects. Return the number of objects.

    An object that changes again while it is written stays pending, and a process that is killed leaves its batch to the
    next: position, content and the end of pending are one transaction. Several may run at once; they take turns.
    """
    count = 0
    while PendingItem.objects.exists():
        count += _batch()
    if count:
        log.info("changes written", objects=count)
    return count


@transaction.atomic
def _batch() -> int:
    FeedMark.objects.get_or_create(pk=1)
    mark = FeedMark.objects.select_for_update().get(pk=1)
    noted = list(PendingItem.objects.order_by("is_repair", "requested_at", "object_id")[:_BATCH])
    written = 0
    for (client_id, kind), some in groupby(sorted(noted, key=_group), key=_group):
        ids = [one.object_id for one in some]
        try:
            with worlds.of_client(UUID(client_id) if client_id else None):
                written += _write(_READ[kind](ids), first=mark.position + written + 1)
        except NotFound:  # the test data of a client that is gone
            continue
    if written:
        mark.position += written
        mark.save(update_fields=["position"])
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_NOTED, [[one.object_id for one in noted], [one.requested_at for one in noted]])
    return len(noted)


def _group(one: PendingItem) -> tuple[str, str]:
    return str(one.test_client_id or ""), one.kind


def _write(present: Iterable[Present], *, first: int) -> int:
    """Write what differs from the feed, at positions from `first`. Return the number of changes."""
    present = list(present)
    known = FeedItem.objects.filter(test_client_id=worlds.current_client()).in_bulk([one.object_id for one in present])
    moment = clock.real_now()
    changed = [one for one in present if _differs(one, known.get(one.object_id))]
    rows = [
        {
            "object_id": one.object_id, "kind": one.kind, "position": position,
            "change": "tombstone" if one.gone else "upsert", "reason": one.gone, "merged_into": one.merged_into,
            "agency_id": one.agency_id, "test_client_id": worlds.current_client(), "body": one.body,
            "version": one.version, "valid_through": one.valid_through, "occurred_at": one.occurred_at,
            "written_at": moment,
        }
        for position, one in enumerate(changed, start=first)
    ]  # fmt: skip
    if rows:
        with connection.cursor() as cursor:
            # nosemgrep: sql-built-from-text - names of our own table
            cursor.execute(_STORE, [orjson.dumps(rows).decode()])
    return len(rows)


def _differs(present: Present, known: FeedItem | None) -> bool:
    if present.gone:
        return (present.kind == "employer" and known is None) or (known is not None and known.change == "upsert")
    return known is None or (known.change, known.version, known.body) != ("upsert", present.version, present.body)


def _jobs(posting_ids: Collection[UUID]) -> Iterable[Present]:
    states = jobs.feed_states(posting_ids)
    is_open = [posting_id for posting_id, state in states.items() if not state.gone]
    bodies = {one.id: job_body(one).decode() for one in jobs.details_of(jobs.indexable(is_open))}
    for posting_id in posting_ids:
        state = states.get(posting_id)
        if state is None:
            yield Present(posting_id, "job", clock.now(), gone="erased")
        elif state.gone:
            yield Present(posting_id, "job", state.changed_at, gone=state.gone, version=state.version)
        elif body := bodies.get(posting_id):  # else it has closed between the two reads, and its event is on the way
            yield Present(
                posting_id, "job", state.changed_at,
                body=body, version=state.version, valid_through=state.valid_through,
            )  # fmt: skip


def _employers(employer_ids: Sequence[UUID]) -> Iterable[Present]:
    for employer_id in employer_ids:
        if survivor := organisations.merged_into(employer_id):
            yield Present(employer_id, "employer", clock.now(), gone="merged", merged_into=survivor)


def _applications(application_ids: Sequence[UUID]) -> Iterable[Present]:
    for one in applications.feed_rows(application_ids):
        yield Present(
            one.id, "application", one.changed_at, gone=one.gone, version=one.version, agency_id=one.agency_id,
            body="" if one.gone else application_body(one).decode(),
        )  # fmt: skip


_READ = {"job": _jobs, "employer": _employers, "application": _applications}
