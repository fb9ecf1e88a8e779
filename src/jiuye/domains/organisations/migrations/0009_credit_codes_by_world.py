from django.db import migrations, models

_CREATE = """
CREATE UNIQUE INDEX CONCURRENTLY one_employer_per_credit_code_and_world
ON organisations_employer (credit_code, test_client_id) NULLS NOT DISTINCT WHERE credit_code IS NOT NULL
"""


class Migration(migrations.Migration):
    """A credit code has one employer in the live data, and one in the test data of each API client."""

    atomic = False
    lock_timeout = None
    statement_timeout = None

    dependencies = [
        ("organisations", "0008_test_data"),
    ]

    operations = [
        migrations.RunSQL(
            [
                "DROP INDEX CONCURRENTLY IF EXISTS one_employer_per_credit_code_and_world",
                _CREATE,
            ],  # what a broken-off run left
            "DROP INDEX CONCURRENTLY IF EXISTS one_employer_per_credit_code_and_world",
            state_operations=[
                migrations.AddConstraint(
                    model_name="employer",
                    constraint=models.UniqueConstraint(
                        fields=["credit_code", "test_client_id"],
                        condition=models.Q(("credit_code__isnull", False)),
                        nulls_distinct=False,
                        name="one_employer_per_credit_code_and_world",
                    ),
                ),
            ],
        ),
    ]
