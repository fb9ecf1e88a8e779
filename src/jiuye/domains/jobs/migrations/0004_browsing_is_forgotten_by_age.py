"""What is to be forgotten is found without reading the table. Built beside its use, without locking it."""

from typing import ClassVar

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies: ClassVar = [("jobs", "0003_saved_jobs_remember_what_was_seen")]

    operations: ClassVar = [
        AddIndexConcurrently(
            model_name="browsingrecord", index=models.Index(fields=["viewed_at"], name="browsing_by_age")
        ),
    ]
