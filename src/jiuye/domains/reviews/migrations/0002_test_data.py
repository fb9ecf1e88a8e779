import jiuye.kernel.worlds
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0001_squashed"),
    ]

    operations = [
        migrations.AddField(
            model_name="reviewreport",
            name="test_client_id",
            field=jiuye.kernel.worlds.TestClientField(
                default=jiuye.kernel.worlds.current_client, editable=False, null=True
            ),
        ),
        migrations.AddField(
            model_name="shopreview",
            name="test_client_id",
            field=jiuye.kernel.worlds.TestClientField(
                default=jiuye.kernel.worlds.current_client, editable=False, null=True
            ),
        ),
    ]
