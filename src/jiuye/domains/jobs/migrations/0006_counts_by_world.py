from django.db import migrations, models

_INDEXES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("posting_by_agency", "agency_id, state, updated_at DESC, id DESC", ("agency", "state", "-updated_at", "-id")),
    ("posting_by_employer", "employer_id, state", ("employer", "state")),
)


def _replaced(name: str, columns: str, fields: tuple[str, ...]) -> migrations.RunSQL:
    return migrations.RunSQL(
        [
            f"DROP INDEX CONCURRENTLY IF EXISTS {name}_next",  # what a broken-off run left
            f"CREATE INDEX CONCURRENTLY {name}_next ON jobs_jobposting ({columns}) INCLUDE (test_client_id)",
            f"DROP INDEX CONCURRENTLY IF EXISTS {name}",
            f"ALTER INDEX {name}_next RENAME TO {name}",
        ],
        migrations.RunSQL.noop,
        state_operations=[
            migrations.RemoveIndex("jobposting", name),
            migrations.AddIndex("jobposting", models.Index(fields=fields, include=("test_client_id",), name=name)),
        ],
    )


class Migration(migrations.Migration):
    """The indexes by which rows are counted have the column of the worlds, so that counting reads nothing else."""

    atomic = False
    lock_timeout = None
    statement_timeout = None

    dependencies = [
        ("jobs", "0005_why_postings_close"),
    ]

    operations = [_replaced(*index) for index in _INDEXES]
