"""Columns for what imports keep of sheets, encrypted: a sheet can hold anybody's name and number.

The columns in clear stay, with defaults, for code of the release before; `0014` empties them.
"""

from typing import Any

import jiuye.kernel.crypto
from django.db import migrations, models

_LIST: dict[str, Any] = {"default": list, "db_default": []}
_OF_LISTS = {
    "importbatch": ("headers", "sample", "worksheets", "doubts"),
    "importrejection": ("cells", "reasons"),
}
_HELP = {
    "sample": "The first rows, for the mapping step.",
    "worksheets": "`sheets.survey.Table`s.",
    "doubts": "`sheets.contents.Doubt`s.",
    "reasons": "[{field, column, message}]",
}


def _sealed(name: str, **options: Any) -> Any:
    help_text = {"help_text": _HELP[name]} if name in _HELP else {}
    return jiuye.kernel.crypto.EncryptedJSON(null=True, db_column=f"sealed_{name}", **help_text, **options)


def _moved(model: str, name: str) -> list[Any]:
    """The column keeps its name and loses its place in the model. A default given with AddField would fill existing rows."""
    default = {"default": list} if model == "importbatch" else {}
    return [
        migrations.AlterField(model, name, models.JSONField(db_column=name, **_LIST)),
        migrations.RenameField(model, name, f"clear_{name}"),
        migrations.AddField(model, name, _sealed(name)),
        *([migrations.AlterField(model, name, _sealed(name, **default))] if default else []),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0012_occupation_labels"),
    ]

    operations = [
        *(operation for model, names in _OF_LISTS.items() for name in names for operation in _moved(model, name)),
        migrations.AlterField(
            "importbatch",
            "filename",
            models.CharField(blank=True, db_column="filename", db_default="", default="", max_length=200),
        ),
        migrations.RenameField("importbatch", "filename", "clear_filename"),
        migrations.AddField(
            "importbatch",
            "filename",
            jiuye.kernel.crypto.EncryptedText(db_column="sealed_filename", null=True),
        ),
        migrations.AlterField(
            "importnote",
            "message",
            models.CharField(blank=True, db_column="message", db_default="", default="", max_length=500),
        ),
        migrations.RenameField("importnote", "message", "clear_message"),
        migrations.AddField(
            "importnote",
            "message",
            jiuye.kernel.crypto.EncryptedText(db_column="sealed_message", help_text="It quotes the sheet.", null=True),
        ),
    ]
