"""Former versions of rows: their values before each change or deletion. Triggers write them, also for bulk updates and plain SQL.

A version and the audit entry of the action that changed the row are written in one transaction; the entry says who it was. Rows changed by
an import or by hand have no such entry. A table gets its history by two triggers (CONTRIBUTING.md, "A table with history").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models.functions import Now

from jiuye.kernel.models import AuditEntry, RowVersion

KEPT = timedelta(days=3 * 366)
"""网络招聘服务管理规定: records of recruitment information are kept for at least three years. The table refuses earlier deletion."""

_SAME_TIME = timedelta(
    minutes=10
)  # a restored database counts transactions from the start again: compare the time, too


@dataclass(frozen=True)
class Version:
    """A row as it was until `until`: its values by column, and the audit entry of the change that ended it, if there is one."""

    until: datetime
    is_deletion: bool
    values: Mapping[str, Any]
    entry: AuditEntry | None


def versions(model: type[models.Model], row_id: UUID) -> list[Version]:
    """Return the former versions of a row, newest first. Two queries."""
    rows = list(RowVersion.objects.filter(row_id=row_id, table=model._meta.db_table).order_by("-id"))
    transactions = {row.transaction for row in rows}
    entries = AuditEntry.objects.filter(subject_id=str(row_id), transaction__in=transactions).order_by("id")
    by_transaction = {entry.transaction: entry for entry in entries}
    return [
        Version(row.changed_at, row.is_deletion, row.values, _of_that_time(by_transaction.get(row.transaction), row))
        for row in rows
    ]


def _of_that_time(entry: AuditEntry | None, row: RowVersion) -> AuditEntry | None:
    return entry if entry and abs(entry.occurred_at - row.changed_at) < _SAME_TIME else None


def forget_expired(*, limit: int = 50_000) -> int:
    """Delete versions older than `KEPT`, at most `limit`. Return their number."""
    old = RowVersion.objects.filter(changed_at__lt=Now() - KEPT).order_by("changed_at").values("pk")[:limit]
    return RowVersion.objects.filter(pk__in=old).delete()[0]
