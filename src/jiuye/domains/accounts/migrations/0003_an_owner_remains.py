"""An organisation that has members has an owner, whatever takes the last one away."""

from django.db import migrations

# The check runs when the transaction commits, so that a hand-over may write its rows in any order. Transactions that each
# take away one of two owners wait for one another at the lock, and the second one sees what the first one has left.
_CREATE = """
CREATE FUNCTION keep_an_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('owner of ' || OLD.organisation_id, 0));
    IF EXISTS (SELECT FROM accounts_membership WHERE organisation_id = OLD.organisation_id AND ended_at IS NULL)
        AND NOT EXISTS (
            SELECT FROM accounts_membership
            WHERE organisation_id = OLD.organisation_id AND ended_at IS NULL AND role = 'owner'
        )
    THEN
        RAISE EXCEPTION 'organisation % would have members and no owner', OLD.organisation_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_organisation_with_members_has_an_owner';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER an_owner_remains_after_a_change AFTER UPDATE ON accounts_membership
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (
        OLD.role = 'owner' AND OLD.ended_at IS NULL
        AND (NEW.role <> 'owner' OR NEW.ended_at IS NOT NULL OR NEW.organisation_id <> OLD.organisation_id)
    )
    EXECUTE FUNCTION keep_an_owner();

CREATE CONSTRAINT TRIGGER an_owner_remains_after_a_deletion AFTER DELETE ON accounts_membership
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.role = 'owner' AND OLD.ended_at IS NULL)
    EXECUTE FUNCTION keep_an_owner();
"""
_DROP = """
DROP TRIGGER an_owner_remains_after_a_change ON accounts_membership;
DROP TRIGGER an_owner_remains_after_a_deletion ON accounts_membership;
DROP FUNCTION keep_an_owner();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_suspended_accounts")]
    operations = [migrations.RunSQL(_CREATE, _DROP)]
