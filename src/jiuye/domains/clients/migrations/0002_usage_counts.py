import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_clients")]

    operations = [
        migrations.CreateModel(
            name="UsageCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("operation", models.CharField(help_text="The operation's id in the OpenAPI document.", max_length=80)),
                ("status", models.PositiveSmallIntegerField()),
                ("count", models.BigIntegerField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.apiclient"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["day"], name="usage_count_by_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("client", "day", "operation", "status"),
                        name="one_count_per_client_day_operation_status",
                    )
                ],
            },
        ),
    ]
