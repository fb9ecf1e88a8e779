"""Forgetting rows whose time is over, a batch at a time: however many there are, no statement locks a table's use for long."""

from django.db.models import Model, QuerySet

BATCH = 5000


def forget(rows: QuerySet[Model]) -> int:
    """Delete rows in batches, each its own transaction (unless one is open); how many there were."""
    gone = 0
    while batch := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        rows.model._default_manager.filter(pk__in=batch).delete()
        gone += len(batch)
    return gone


def empty(rows: QuerySet[Model], **columns: object) -> int:
    """Set columns of rows in batches. `rows` must no longer find a row that is set so; how many there were."""
    emptied = 0
    while batch := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        rows.model._default_manager.filter(pk__in=batch).update(**columns)
        emptied += len(batch)
    return emptied
