"""A resume that was sent does not change, with two exceptions. The transaction must name each of them by a setting.

Key rotation (`kernel.crypto.rotation`): only `content` changes, to an envelope of another key or algorithm (an envelope begins
`key id:algorithm:`, the first ones `key id:`). The text cannot change unnoticed: `digest` is of the text, and stays.
Erasure of an account (`applications.actions.account_erasure`): content and digest are emptied, both of them and nothing else.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION snapshots_are_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN

    IF current_setting('jiuye.rotating', true) = 'on'
       AND (to_jsonb(NEW) - 'content') = (to_jsonb(OLD) - 'content')
       AND split_part(NEW.content, ':', 3) <> ''
       AND (split_part(NEW.content, ':', 1), split_part(NEW.content, ':', 2))
           IS DISTINCT FROM (split_part(OLD.content, ':', 1), split_part(OLD.content, ':', 2)) THEN
        RETURN NEW;
    END IF;

    IF current_setting('jiuye.erasing', true) = 'on'
       AND NEW.content = '' AND NEW.digest = ''
       AND (to_jsonb(NEW) - 'content' - 'digest') = (to_jsonb(OLD) - 'content' - 'digest') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a resume that was sent does not change';
END $$;
CREATE TRIGGER snapshots_are_immutable BEFORE UPDATE ON applications_resumesnapshot
    FOR EACH ROW EXECUTE FUNCTION snapshots_are_immutable();
"""
BACKWARD = "DROP TRIGGER snapshots_are_immutable ON applications_resumesnapshot; DROP FUNCTION snapshots_are_immutable;"


class Migration(migrations.Migration):
    # For databases from before the squash; to be removed once there are none.
    replaces = [
        ("applications", "0002_snapshots_are_immutable"),
        ("applications", "0005_snapshots_may_be_destroyed"),
    ]

    dependencies = [("applications", "0001_squashed")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
