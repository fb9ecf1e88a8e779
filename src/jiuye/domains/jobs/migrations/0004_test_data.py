import jiuye.kernel.worlds
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0003_wishes_for_postings"),
    ]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="test_client_id",
            field=jiuye.kernel.worlds.TestClientField(
                default=jiuye.kernel.worlds.current_client, editable=False, null=True
            ),
        ),
        migrations.AddField(
            model_name="jobposting",
            name="test_client_id",
            field=jiuye.kernel.worlds.TestClientField(
                default=jiuye.kernel.worlds.current_client, editable=False, null=True
            ),
        ),
        migrations.AddField(
            model_name="postingwish",
            name="test_client_id",
            field=jiuye.kernel.worlds.TestClientField(
                default=jiuye.kernel.worlds.current_client, editable=False, null=True
            ),
        ),
    ]
