"""What people wish to be told; messages taken out of the centre; text messages that were not wanted."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_channel_figures_from_the_index"),
        ("notifications", "0002_text_messages_know_their_delivery"),
    ]

    operations = [
        migrations.CreateModel(
            name="NotificationPreference",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="accounts.user",
                    ),
                ),
                (
                    "off",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        help_text="group:way of `kinds`, for each that is switched off.",
                        size=None,
                    ),
                ),
                ("has_own_hours", models.BooleanField(default=False, help_text="Whether the two below were chosen.")),
                (
                    "quiet_from",
                    models.PositiveSmallIntegerField(
                        help_text="Full hour in China time. Null: never quiet.", null=True
                    ),
                ),
                ("quiet_until", models.PositiveSmallIntegerField(null=True)),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="notification",
            name="deleted_at",
            field=models.DateTimeField(
                help_text="Taken out of the centre by its reader; its key still keeps it from being sent again.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="textmessage",
            name="withheld_at",
            field=models.DateTimeField(help_text="Not sent, because the person wants no such messages.", null=True),
        ),
        migrations.AddConstraint(
            model_name="notificationpreference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quiet_from", None), ("quiet_until", None)),
                    models.Q(
                        ("has_own_hours", True),
                        ("quiet_from__lt", 24),
                        ("quiet_until__lt", 24),
                        models.Q(("quiet_from", models.F("quiet_until")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="quiet_hours_begin_and_end_at_different_hours",
            ),
        ),
    ]
