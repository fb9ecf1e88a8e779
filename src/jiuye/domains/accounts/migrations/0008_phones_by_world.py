from django.db import migrations, models

_CREATE = """
CREATE UNIQUE INDEX CONCURRENTLY one_account_per_phone_and_world
ON accounts_user (phone_index, test_client_id) NULLS NOT DISTINCT WHERE phone_index IS NOT NULL
"""


class Migration(migrations.Migration):
    """A phone number has one account in the live data, and one in the test data of each API client."""

    atomic = False
    lock_timeout = None
    statement_timeout = None

    dependencies = [
        ("accounts", "0007_test_data"),
    ]

    operations = [
        migrations.RunSQL(
            [
                "DROP INDEX CONCURRENTLY IF EXISTS one_account_per_phone_and_world",
                _CREATE,
            ],  # what a broken-off run left
            "DROP INDEX CONCURRENTLY IF EXISTS one_account_per_phone_and_world",
            state_operations=[
                migrations.AddConstraint(
                    model_name="user",
                    constraint=models.UniqueConstraint(
                        fields=["phone_index", "test_client_id"],
                        condition=models.Q(("phone_index__isnull", False)),
                        nulls_distinct=False,
                        name="one_account_per_phone_and_world",
                    ),
                ),
            ],
        ),
    ]
