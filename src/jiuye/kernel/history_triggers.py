"""The triggers by which a table keeps its former versions (`kernel.history`), for migrations."""

from collections.abc import Sequence

from django.db.migrations import RunSQL

_CREATE = """
CREATE TRIGGER former_version_on_update AFTER UPDATE ON {table}
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION keep_former_version({without});
CREATE TRIGGER former_version_on_delete AFTER DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION keep_former_version({without});
"""
_DROP = "DROP TRIGGER former_version_on_update ON {table}; DROP TRIGGER former_version_on_delete ON {table};"


def keep_former_versions(table: str, *, without: Sequence[str] = ()) -> RunSQL:
    """Return the operation that adds both triggers to a table; `without` are the columns that versions leave out.

    The migration must depend on kernel's `0004_row_version_triggers`, which has the function.
    """
    arguments = ", ".join(f"'{column}'" for column in without)
    return RunSQL(_CREATE.format(table=table, without=arguments), _DROP.format(table=table))
