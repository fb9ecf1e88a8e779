"""Keep former versions of rows (`kernel.history`)."""

from django.db import migrations

from jiuye.kernel.history_triggers import keep_former_versions


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_squashed"), ("kernel", "0004_row_version_triggers")]
    operations = [
        keep_former_versions("policies_policy"),
    ]
