"""`keep_former_version`, for the triggers of tables with history, and what protects the versions.

The arguments of a trigger are the columns that it leaves out.
"""

from django.db import migrations

KEEP = """
CREATE FUNCTION keep_former_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO kernel_row_version ("table", row_id, is_deletion, "values")
    VALUES (TG_TABLE_NAME, OLD.id, TG_OP = 'DELETE', to_jsonb(OLD) - COALESCE(TG_ARGV, '{}'));
    RETURN NULL;
END $$;
"""
NO_KEEP = "DROP FUNCTION keep_former_version;"

PROTECT = """
CREATE FUNCTION row_versions_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN
        RETURN NEW;  -- by keep_former_version
    END IF;
    IF TG_OP = 'DELETE' AND OLD.changed_at < now() - interval '3 years' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'former versions are written by triggers only, and kept for three years';
END $$;
CREATE TRIGGER row_versions_are_kept BEFORE INSERT OR UPDATE OR DELETE ON kernel_row_version
    FOR EACH ROW EXECUTE FUNCTION row_versions_are_kept();
"""
NO_PROTECT = "DROP TRIGGER row_versions_are_kept ON kernel_row_version; DROP FUNCTION row_versions_are_kept;"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_row_versions")]
    operations = [migrations.RunSQL(KEEP, NO_KEEP), migrations.RunSQL(PROTECT, NO_PROTECT)]
