"""Keep former versions of rows (`kernel.history`)."""

from django.db import migrations

from jiuye.kernel.history_triggers import keep_former_versions


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_squashed"), ("kernel", "0004_row_version_triggers")]
    operations = [
        keep_former_versions("organisations_agency"),
        keep_former_versions("organisations_employer"),
        keep_former_versions("organisations_qualification", without=["decided_by_id"]),
        keep_former_versions("organisations_affiliation"),
    ]
