from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """The few employers that a sanction hides are found without reading all employers."""

    atomic = False
    lock_timeout = None
    statement_timeout = None

    dependencies = [
        ("organisations", "0005_member_invitations_and_requests"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="employer",
            index=models.Index(
                condition=models.Q(("restriction__in", ("taken_down", "suspended", "banned"))),
                fields=["id"],
                name="employers_hidden",
            ),
        ),
    ]
