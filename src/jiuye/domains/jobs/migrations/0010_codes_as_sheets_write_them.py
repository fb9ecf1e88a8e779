from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

import jiuye.domains.jobs.codes


class Migration(migrations.Migration):
    """A sheet's row finds the posting of its number however the number is written."""

    atomic = False
    lock_timeout = None
    statement_timeout = None

    dependencies = [
        ("jobs", "0009_notes_of_imports"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="jobposting",
            index=models.Index(
                models.F("agency"),
                jiuye.domains.jobs.codes.FoldedCode("external_code"),
                condition=models.Q(("external_code", ""), _negated=True),
                name="posting_by_code",
            ),
        ),
    ]
