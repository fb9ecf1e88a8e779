"""Encrypt what imports kept of sheets, and empty the columns in clear. In batches; it can be repeated."""

from typing import Any

from django.db import migrations

_MOVED = {
    "ImportBatch": ("headers", "sample", "worksheets", "doubts", "filename"),
    "ImportRejection": ("cells", "reasons"),
    "ImportNote": ("message",),
}
_BATCH = 500


def encrypt(apps: Any, schema_editor: Any) -> None:
    """Move each value that has no envelope yet."""
    for name, columns in _MOVED.items():
        model = apps.get_model("jobs", name)
        rows = model._base_manager.filter(**{f"{columns[0]}__isnull": True}).order_by("pk")
        while batch := list(rows[:_BATCH]):
            for row in batch:
                for column in columns:
                    clear = getattr(row, f"clear_{column}")
                    setattr(row, column, clear)
                    setattr(row, f"clear_{column}", type(clear)())
            model._base_manager.bulk_update(batch, [*columns, *(f"clear_{column}" for column in columns)])


class Migration(migrations.Migration):
    atomic = False
    statement_timeout = None
    dependencies = [("jobs", "0013_sheets_in_envelopes")]
    operations = [migrations.RunPython(encrypt, migrations.RunPython.noop)]
