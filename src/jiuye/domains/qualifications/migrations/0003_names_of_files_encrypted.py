"""Encrypt the names of files: people put names and numbers of persons into them."""

from typing import Any

from django.db import migrations

from jiuye.kernel.crypto import EncryptedText, encrypt

_READ = "SELECT id, name FROM qualifications_material WHERE name <> ''"
_WRITE = "UPDATE qualifications_material SET name = %s WHERE id = %s"


def encrypt_names(apps: Any, schema_editor: Any) -> None:
    """Replace each clear name by its envelope. Few rows: the tables are new."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_READ)
        rows = [(encrypt(name, "qualifications_material.name"), row_id) for row_id, name in cursor.fetchall()]
        cursor.executemany(_WRITE, rows)


class Migration(migrations.Migration):
    dependencies = [("qualifications", "0002_confirmed_items_and_expiry_notices")]
    operations = [
        migrations.AlterField(
            "Material", "name", EncryptedText(help_text="As its owner named it, at most 120 characters.")
        ),
        migrations.RunPython(encrypt_names, migrations.RunPython.noop),
    ]
