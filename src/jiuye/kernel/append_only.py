"""Triggers of tables that only grow, for migrations.

They fire even with `session_replication_role = replica` (`ENABLE ALWAYS`). The owner of the tables can still drop them: for that case,
heads of the audit chain are kept outside the database (`kernel.audit_anchors`).
"""

from django.db.migrations import RunSQL

_CREATE = """
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION never_truncated();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER never_truncated;
"""
_DROP = "DROP TRIGGER never_truncated ON {table};"


def never_truncate(*tables: str) -> RunSQL:
    """Return the operation that has the tables refuse TRUNCATE. The migration must depend on kernel's `0009_never_truncated`."""
    return RunSQL(
        "".join(_CREATE.format(table=table) for table in tables), "".join(_DROP.format(table=table) for table in tables)
    )
