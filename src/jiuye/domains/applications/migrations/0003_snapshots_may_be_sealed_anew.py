"""Key rotation: a resume that was sent may get another envelope, and nothing else.

Three things must hold: the transaction says that it rotates keys (`kernel.crypto.rotation`), only `content` changes, and it
goes to another key or algorithm (an envelope begins `key id:algorithm:`; the first ones `key id:`). The text cannot change
unseen: `digest` is of the text, and stays.
"""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION snapshots_are_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('jiuye.rotating', true) = 'on'
       AND (to_jsonb(NEW) - 'content') = (to_jsonb(OLD) - 'content')
       AND split_part(NEW.content, ':', 3) <> ''
       AND (split_part(NEW.content, ':', 1), split_part(NEW.content, ':', 2))
           IS DISTINCT FROM (split_part(OLD.content, ':', 1), split_part(OLD.content, ':', 2)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a resume that was sent does not change';
END $$;
"""
BACKWARD = """
CREATE OR REPLACE FUNCTION snapshots_are_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a resume that was sent does not change';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0002_snapshots_are_immutable")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
