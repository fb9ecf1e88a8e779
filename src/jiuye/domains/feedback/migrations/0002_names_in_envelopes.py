"""Columns for the names of files, encrypted: people put names and numbers of persons into them.

The columns in clear stay, with defaults, for code of the release before; `0003` empties them.
"""

import jiuye.kernel.crypto
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            "feedbackfile",
            "name",
            models.CharField(blank=True, db_column="name", db_default="", default="", max_length=100),
        ),
        migrations.RenameField("feedbackfile", "name", "clear_name"),
        migrations.AddField(
            "feedbackfile",
            "name",
            jiuye.kernel.crypto.EncryptedText(db_column="sealed_name", null=True),
        ),
    ]
