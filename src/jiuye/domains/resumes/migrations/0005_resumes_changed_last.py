"""Agencies read the resumes they find by when they were changed. Built without locking the table."""

from typing import ClassVar

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies: ClassVar = [("resumes", "0004_visibility_and_blocks")]

    operations: ClassVar = [
        AddIndexConcurrently(
            model_name="resume", index=models.Index(fields=["-updated_at", "-id"], name="resumes_changed_last")
        )
    ]
