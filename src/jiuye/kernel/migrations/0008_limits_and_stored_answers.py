import jiuye.kernel.crypto
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0007_audit_by_client"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredAnswer",
            fields=[
                (
                    "key",
                    models.CharField(
                        help_text="Digest of caller, method, path and key.",
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("request", models.CharField(help_text="Digest of everything else in the request.", max_length=64)),
                ("answer", jiuye.kernel.crypto.EncryptedText(help_text="Status, headers and body.")),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "db_table": "kernel_stored_answer",
                "indexes": [models.Index(fields=["expires_at"], name="stored_answer_by_expiry")],
            },
        ),
        migrations.CreateModel(
            name="TokenBucket",
            fields=[
                ("key", models.CharField(max_length=200, primary_key=True, serialize=False)),
                (
                    "tokens",
                    models.FloatField(help_text="At the time `at`; below zero if more was used than there was."),
                ),
                ("granted", models.FloatField(help_text="What the last statement was granted.")),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "kernel_token_bucket",
            },
        ),
        migrations.RunSQL("ALTER TABLE kernel_token_bucket SET UNLOGGED", migrations.RunSQL.noop),
    ]
