"""Deleting expired rows in batches, so that no statement locks a table for long."""

from django.db.models import Model, QuerySet

BATCH = 5000


def forget(rows: QuerySet[Model]) -> int:
    """Delete rows in batches, each in its own transaction (unless one is open). Return how many."""
    gone = 0
    while batch := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        rows.model._base_manager.filter(pk__in=batch).delete()
        gone += len(batch)
    return gone


def empty(rows: QuerySet[Model], **columns: object) -> int:
    """Set columns of rows in batches. `rows` must not match a row once it is set. Return how many."""
    emptied = 0
    while batch := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        rows.model._base_manager.filter(pk__in=batch).update(**columns)
        emptied += len(batch)
    return emptied
