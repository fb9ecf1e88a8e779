"""Folding by what a message is about, and forgetting by age. Built beside the table's use, without locking it."""

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies: ClassVar = [("notifications", "0003_preferences_quiet_hours_and_deleting")]

    operations: ClassVar = [
        AddIndexConcurrently(
            model_name="notification",
            index=models.Index(fields=["user", "link", "-created_at", "-id"], name="notification_about_one_thing"),
        ),
        AddIndexConcurrently(
            model_name="notification", index=BrinIndex(fields=["created_at"], name="notification_by_age")
        ),
        AddIndexConcurrently(
            model_name="textmessage", index=BrinIndex(fields=["created_at"], name="text_message_by_age")
        ),
    ]
