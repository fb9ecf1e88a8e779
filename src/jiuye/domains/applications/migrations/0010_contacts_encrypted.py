"""Encrypt the contact persons of interviews and first days, and empty the columns in clear. In batches; it can be repeated."""

from typing import Any

from django.db import migrations

_COLUMNS = ("contact_name", "contact_phone")
_BATCH = 500


def encrypt(apps: Any, schema_editor: Any) -> None:
    """Move each value that has no envelope yet."""
    for name in ("InterviewInvitation", "OnboardingNotice"):
        model = apps.get_model("applications", name)
        rows = model._base_manager.filter(contact_name__isnull=True).order_by("pk")
        while batch := list(rows[:_BATCH]):
            for row in batch:
                for column in _COLUMNS:
                    setattr(row, column, getattr(row, f"clear_{column}"))
                    setattr(row, f"clear_{column}", "")
            model._base_manager.bulk_update(batch, [*_COLUMNS, *(f"clear_{column}" for column in _COLUMNS)])


class Migration(migrations.Migration):
    atomic = False
    statement_timeout = None
    dependencies = [("applications", "0009_contacts_in_envelopes")]
    operations = [migrations.RunPython(encrypt, migrations.RunPython.noop)]
