"""Columns for the names of files, encrypted: people put names and numbers of persons into them.

The columns in clear stay, with defaults, for code of the release before; `0006` empties them.
"""

import jiuye.kernel.crypto
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("resumes", "0004_uploaded_files"),
    ]

    operations = [
        migrations.AlterField(
            "attachment",
            "name",
            models.CharField(blank=True, db_column="name", db_default="", default="", max_length=100),
        ),
        migrations.RenameField("attachment", "name", "clear_name"),
        migrations.AddField(
            "attachment",
            "name",
            jiuye.kernel.crypto.EncryptedText(
                db_column="sealed_name", help_text="With its extension, as people see it.", null=True
            ),
        ),
        migrations.AlterField(
            "resumefile",
            "name",
            models.CharField(blank=True, db_column="name", db_default="", default="", max_length=100),
        ),
        migrations.RenameField("resumefile", "name", "clear_name"),
        migrations.AddField(
            "resumefile",
            "name",
            jiuye.kernel.crypto.EncryptedText(db_column="sealed_name", null=True),
        ),
    ]
