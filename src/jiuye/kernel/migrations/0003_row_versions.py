import django.contrib.postgres.indexes
import django.db.models.functions.datetime
import jiuye.kernel.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_audit_triggers")]

    operations = [
        # In two steps: a column that is added with a computed default has the whole table rewritten.
        migrations.AddField(
            model_name="auditentry",
            name="transaction",
            field=models.BigIntegerField(null=True, help_text="See `kernel.history`."),
        ),
        migrations.AlterField(
            model_name="auditentry",
            name="transaction",
            field=models.BigIntegerField(
                db_default=jiuye.kernel.models.CurrentTransaction(), null=True, help_text="See `kernel.history`."
            ),
        ),
        migrations.CreateModel(
            name="RowVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("table", models.CharField(max_length=63)),
                ("row_id", models.UUIDField()),
                ("changed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("transaction", models.BigIntegerField(db_default=jiuye.kernel.models.CurrentTransaction())),
                ("is_deletion", models.BooleanField()),
                ("values", models.JSONField(help_text="Column → value, as PostgreSQL's to_jsonb writes it.")),
            ],
            options={
                "db_table": "kernel_row_version",
                "indexes": [
                    models.Index(fields=["row_id", "id"], name="versions_of_a_row"),
                    django.contrib.postgres.indexes.BrinIndex(fields=["changed_at"], name="versions_by_age"),
                ],
            },
        ),
    ]
