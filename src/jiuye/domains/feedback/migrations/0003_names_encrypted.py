"""Encrypt the names of files, and empty the columns in clear. In batches; it can be repeated."""

from typing import Any

from django.db import migrations

_BATCH = 500


def encrypt(apps: Any, schema_editor: Any) -> None:
    """Move each name that has no envelope yet."""
    for model in (apps.get_model("feedback", name) for name in ("FeedbackFile",)):
        rows = model._base_manager.filter(name__isnull=True).order_by("pk")
        while batch := list(rows[:_BATCH]):
            for row in batch:
                row.name, row.clear_name = row.clear_name, ""
            model._base_manager.bulk_update(batch, ["name", "clear_name"])


class Migration(migrations.Migration):
    atomic = False
    statement_timeout = None
    dependencies = [("feedback", "0002_names_in_envelopes")]
    operations = [migrations.RunPython(encrypt, migrations.RunPython.noop)]
