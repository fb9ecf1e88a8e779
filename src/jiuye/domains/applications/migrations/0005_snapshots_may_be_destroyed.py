"""Erasure of an account: a resume that was sent may be destroyed whole, and still never changed.

The transaction must say that it erases (`applications.actions.leaving`), and nothing but content and its digest may go, both of them.
"""

from django.db import migrations

_ROTATION = """
    IF current_setting('jiuye.rotating', true) = 'on'
       AND (to_jsonb(NEW) - 'content') = (to_jsonb(OLD) - 'content')
       AND split_part(NEW.content, ':', 3) <> ''
       AND (split_part(NEW.content, ':', 1), split_part(NEW.content, ':', 2))
           IS DISTINCT FROM (split_part(OLD.content, ':', 1), split_part(OLD.content, ':', 2)) THEN
        RETURN NEW;
    END IF;
"""
_ERASURE = """
    IF current_setting('jiuye.erasing', true) = 'on'
       AND NEW.content = '' AND NEW.digest = ''
       AND (to_jsonb(NEW) - 'content' - 'digest') = (to_jsonb(OLD) - 'content' - 'digest') THEN
        RETURN NEW;
    END IF;
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION snapshots_are_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
%s    RAISE EXCEPTION 'a resume that was sent does not change';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0004_asking_nudging_and_outcomes")]
    operations = [migrations.RunSQL(_FUNCTION % (_ROTATION + _ERASURE), _FUNCTION % _ROTATION)]
