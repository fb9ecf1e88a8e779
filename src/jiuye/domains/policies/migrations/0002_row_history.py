"""Keep former versions of rows (`kernel.history`)."""

from django.db import migrations

TABLES = {
    "policies_policy": "",
}  # → columns to leave out, as arguments of the trigger

CREATE = """
CREATE TRIGGER former_version_on_update AFTER UPDATE ON {table}
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION keep_former_version({without});
CREATE TRIGGER former_version_on_delete AFTER DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION keep_former_version({without});
"""
DROP = "DROP TRIGGER former_version_on_update ON {table}; DROP TRIGGER former_version_on_delete ON {table};"


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_squashed"), ("kernel", "0004_row_version_triggers")]
    operations = [
        migrations.RunSQL(CREATE.format(table=table, without=without), DROP.format(table=table))
        for table, without in TABLES.items()
    ]
