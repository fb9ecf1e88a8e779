"""Columns for the contact persons of interviews and first days, encrypted.

The columns in clear stay, with defaults, for code of the release before; `0010` empties them.
"""

from typing import Any

import jiuye.kernel.crypto
from django.db import migrations, models

_LENGTHS = {"contact_name": 40, "contact_phone": 30}


def _moved(model: str, name: str) -> list[Any]:
    clear = models.CharField(max_length=_LENGTHS[name], blank=True, default="", db_default="", db_column=name)
    return [
        migrations.AlterField(model, name, clear),
        migrations.RenameField(model, name, f"clear_{name}"),
        migrations.AddField(model, name, jiuye.kernel.crypto.EncryptedText(null=True, db_column=f"sealed_{name}")),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0008_never_truncated"),
    ]

    operations = [
        operation
        for model in ("interviewinvitation", "onboardingnotice")
        for name in _LENGTHS
        for operation in _moved(model, name)
    ]
