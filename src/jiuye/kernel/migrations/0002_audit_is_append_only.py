from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.position IS NULL AND NEW.position IS NOT NULL
       AND (to_jsonb(NEW) - 'position' - 'digest') = (to_jsonb(OLD) - 'position' - 'digest') THEN
        RETURN NEW;  -- the one change allowed: an entry is sealed once
    END IF;
    RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON kernel_audit
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
"""
BACKWARD = "DROP TRIGGER audit_is_append_only ON kernel_audit; DROP FUNCTION audit_is_append_only;"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
