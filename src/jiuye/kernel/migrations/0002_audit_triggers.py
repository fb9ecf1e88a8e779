"""The audit log is append-only: an entry changes once, when it is sealed; a seal never changes."""

from django.db import migrations

ENTRIES = """
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
NO_ENTRIES = "DROP TRIGGER audit_is_append_only ON kernel_audit; DROP FUNCTION audit_is_append_only;"

SEALS = """
CREATE FUNCTION audit_seals_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a seal of the audit log stays as it is';
END $$;
CREATE TRIGGER audit_seals_stay BEFORE UPDATE OR DELETE ON kernel_audit_seal
    FOR EACH ROW EXECUTE FUNCTION audit_seals_stay();
"""
NO_SEALS = "DROP TRIGGER audit_seals_stay ON kernel_audit_seal; DROP FUNCTION audit_seals_stay;"


class Migration(migrations.Migration):
    # For databases from before the squash; to be removed once there are none.
    replaces = [("kernel", "0002_audit_is_append_only")]

    dependencies = [("kernel", "0001_squashed")]
    operations = [migrations.RunSQL(ENTRIES, NO_ENTRIES), migrations.RunSQL(SEALS, NO_SEALS)]
