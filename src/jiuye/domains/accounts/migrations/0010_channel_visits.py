from django.db import migrations, models

import jiuye.kernel.ids


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_drop_former_unique_phones")]

    operations = [
        migrations.CreateModel(
            name="ChannelVisit",
            fields=[
                (
                    "id",
                    models.UUIDField(default=jiuye.kernel.ids.new_id, primary_key=True, serialize=False),
                ),
                ("channel_code", models.CharField(max_length=40)),
                ("day", models.DateField()),
                ("visits", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("channel_code", "day"), name="a_channel_counts_a_day_once")
                ],
            },
        ),
    ]
