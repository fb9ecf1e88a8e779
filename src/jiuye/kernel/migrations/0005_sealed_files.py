import jiuye.kernel.crypto
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0004_row_version_triggers"),
    ]

    operations = [
        migrations.CreateModel(
            name="SealedFile",
            fields=[
                (
                    "key",
                    models.CharField(
                        help_text="The key in the file storage.", max_length=100, primary_key=True, serialize=False
                    ),
                ),
                ("data_key", jiuye.kernel.crypto.EncryptedText(help_text="The key of this file only, Base64.")),
                ("algorithm", models.CharField(help_text="The cipher of the content.", max_length=20)),
                ("content_type", models.CharField(max_length=80)),
                ("size", models.PositiveIntegerField(help_text="Bytes of the content.")),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "kernel_sealed_file",
            },
        ),
    ]
