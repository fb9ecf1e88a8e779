"""The audit log, events and row history refuse TRUNCATE; events are never changed; the triggers cannot be switched off by a session.

Events are deleted after three years (网络招聘服务管理规定) and with the test data of an API client.
"""

from django.db import migrations

from jiuye.kernel.append_only import never_truncate

REFUSE = """
CREATE FUNCTION never_truncated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is never truncated', TG_TABLE_NAME;
END $$;
"""
EVENTS = """
CREATE FUNCTION events_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND (OLD.test_client_id IS NOT NULL OR OLD.occurred_at < now() - interval '3 years') THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'events are never changed, and kept for three years';
END $$;
CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE ON kernel_event FOR EACH ROW EXECUTE FUNCTION events_stay();
"""
ALWAYS = """
ALTER TABLE kernel_audit ENABLE {always} TRIGGER audit_is_append_only;
ALTER TABLE kernel_audit_seal ENABLE {always} TRIGGER audit_seals_stay;
ALTER TABLE kernel_row_version ENABLE {always} TRIGGER row_versions_are_kept;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0008_limits_and_stored_answers")]
    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION never_truncated;"),
        never_truncate(
            "kernel_audit", "kernel_audit_seal", "kernel_row_version", "kernel_event", "kernel_eventdelivery"
        ),
        migrations.RunSQL(EVENTS, "DROP TRIGGER events_stay ON kernel_event; DROP FUNCTION events_stay;"),
        migrations.RunSQL(ALWAYS.format(always="ALWAYS"), ALWAYS.format(always="")),
        migrations.RunSQL(
            "ALTER TABLE kernel_event ENABLE ALWAYS TRIGGER events_stay;",
            "ALTER TABLE kernel_event ENABLE TRIGGER events_stay;",
        ),
    ]
