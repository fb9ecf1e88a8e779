from django.db import migrations

FORWARD = """
CREATE FUNCTION snapshots_are_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a resume that was sent does not change';
END $$;
CREATE TRIGGER snapshots_are_immutable BEFORE UPDATE ON applications_resumesnapshot
    FOR EACH ROW EXECUTE FUNCTION snapshots_are_immutable();
"""
BACKWARD = "DROP TRIGGER snapshots_are_immutable ON applications_resumesnapshot; DROP FUNCTION snapshots_are_immutable;"


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
