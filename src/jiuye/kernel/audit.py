"""The audit log: append-only rows, sealed by the worker into a hash chain that reveals edits and deletions.

`audit_check` compares the chain with its seals and with anchors outside the database. Sealing is separate from writing so that writers
do not wait for one another. Source: GB/T 22239-2019 §8.1.4.3.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
import structlog
from django.db import connection, transaction
from django.db.models import Count
from django.db.models.fields.json import KT
from django.db.models.functions import TruncDate

from jiuye.kernel import clock, database, worlds
from jiuye.kernel.actor import Actor
from jiuye.kernel.advisory_locks import AdvisoryLock
from jiuye.kernel.identifiers import mask_numbers
from jiuye.kernel.models import AuditEntry, AuditSeal
from jiuye.kernel.paging import Page, paginate

log = structlog.get_logger("audit")
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Line:
    """An entry for display."""

    occurred_at: datetime
    person_id: UUID | None
    role: str
    action: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ClientEntry:
    """An entry of what an API client did or read. `person_id`: for whom it acted."""

    id: int
    occurred_at: datetime
    person_id: UUID | None
    ip: str
    action: str
    subject_id: str
    detail: Mapping[str, Any]


def record(actor: Actor, action: str, subject_id: UUID | str | None = None, **detail: Any) -> None:
    """Write one entry in the open transaction. `action` has the form `noun.verb`; `detail` holds plain values, no personal data.

    What is done through an API client names it as `client`; what is done in a test world has `test`, because there is one log.
    """
    database.insert(entry(actor, action, subject_id, **detail))


def entry(actor: Actor, action: str, subject_id: UUID | str | None = None, **detail: Any) -> AuditEntry:
    """Return the entry that `record` writes, for writing it together with other rows (`events.publish(rows=…)`)."""
    if actor.client_id:
        detail["client"] = actor.client_id
    if worlds.is_test():
        detail["test"] = True
    return AuditEntry(
        occurred_at=clock.now(),
        actor_person_id=actor.person_id,
        actor_organisation_id=actor.organisation_id,
        actor_role=actor.role,
        ip=actor.ip,
        action=action,
        subject_id=str(subject_id or ""),
        # Reasons are typed by people, and an entry can never be corrected: no number of a person gets in.
        detail=orjson.loads(mask_numbers(orjson.dumps(detail, default=str).decode())),
    )


def of_subject(subject_id: UUID | str, *, limit: int) -> list[Line]:
    """Return the entries about a subject, newest first. One query."""
    found = AuditEntry.objects.filter(subject_id=str(subject_id)).order_by("-occurred_at", "-id")[:limit]
    return [Line(one.occurred_at, one.actor_person_id, one.actor_role, one.action, one.detail) for one in found]


def of_client(client_id: UUID, *, cursor: str, size: int) -> Page[ClientEntry]:
    """Return the entries of an API client, newest first. One query."""
    found = AuditEntry.objects.annotate(client=KT("detail__client")).filter(client=str(client_id))
    return paginate(found, ordering=("-id",), cursor=cursor, size=size).map(_client_entry)


def _client_entry(one: AuditEntry) -> ClientEntry:
    detail = {name: value for name, value in one.detail.items() if name != "client"}
    return ClientEntry(
        one.id, one.occurred_at, one.actor_person_id, one.ip, one.action, one.subject_id, detail
    )  # fmt: skip


def counts_by_day(action: str, subject_id: UUID | str, *, since: datetime) -> dict[date, int]:
    """Return the count of `action` on a subject per day (Asia/Shanghai), omitting days with none. One query."""
    found = AuditEntry.objects.filter(subject_id=str(subject_id), action=action, occurred_at__gte=since)
    days = (
        found.annotate(day=TruncDate("occurred_at", tzinfo=clock.SHANGHAI)).values("day").annotate(number=Count("id"))
    )
    return {row["day"]: row["number"] for row in days.order_by("day")}


def _digest(previous: str, entry: AuditEntry, position: int) -> str:
    body = orjson.dumps(
        [
            previous,
            position,
            entry.id,
            entry.occurred_at.isoformat(),
            str(entry.actor_person_id),
            str(entry.actor_organisation_id),
            entry.actor_role,
            entry.ip,
            entry.action,
            entry.subject_id,
            entry.detail,
        ],
        option=orjson.OPT_SORT_KEYS,
    )
    return hashlib.sha256(body).hexdigest()


def seal(limit: int = 5000) -> int:
    """Add the unsealed entries to the chain, oldest first; one process at a time. Return how many.

    The chain's head is stored as a seal; `audit_anchors.keep` writes it outside the database.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [AdvisoryLock.AUDIT_SEAL])
            if not cursor.fetchone()[0]:
                return 0
        last = AuditEntry.objects.filter(position__isnull=False).order_by("-position").first()
        position, digest = (last.position or 0, last.digest) if last else (0, GENESIS)
        entries = list(AuditEntry.objects.filter(position__isnull=True).order_by("id")[:limit])
        for entry in entries:
            position += 1
            digest = _digest(digest, entry, position)
            entry.position, entry.digest = position, digest
        if not entries:
            return 0
        AuditEntry.objects.bulk_update(entries, ["position", "digest"], batch_size=1000)
        AuditSeal.objects.create(position=position, digest=digest, sealed_at=clock.now())
    log.info("audit sealed", position=position, digest=digest)
    return len(entries)


def walk() -> Iterator[tuple[int, str, bool]]:
    """Yield, from the beginning: the position, the digest computed from the entries so far, and whether the stored entry agrees."""
    digest = GENESIS
    sealed = AuditEntry.objects.filter(position__isnull=False).order_by("position")
    for position, entry in enumerate(sealed.iterator(2000), start=1):
        digest = _digest(digest, entry, position)
        yield position, digest, (entry.position, entry.digest) == (position, digest)
