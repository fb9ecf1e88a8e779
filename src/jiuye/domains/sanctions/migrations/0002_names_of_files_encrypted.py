"""Encrypt the names of files: people put names and numbers of persons into them."""

from typing import Any

from django.db import migrations

from jiuye.kernel.crypto import EncryptedText, encrypt

_READ = "SELECT id, name FROM sanctions_evidencefile WHERE name <> ''"
_WRITE = "UPDATE sanctions_evidencefile SET name = %s WHERE id = %s"


def encrypt_names(apps: Any, schema_editor: Any) -> None:
    """Replace each clear name by its envelope. Few rows: the tables are new."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_READ)
        rows = [(encrypt(name, "sanctions_evidencefile.name"), row_id) for row_id, name in cursor.fetchall()]
        cursor.executemany(_WRITE, rows)


class Migration(migrations.Migration):
    dependencies = [("sanctions", "0001_sanctions_and_appeals")]
    operations = [
        migrations.AlterField(
            "EvidenceFile", "name", EncryptedText(help_text="As its sender named it, at most 120 characters.")
        ),
        migrations.RunPython(encrypt_names, migrations.RunPython.noop),
    ]
