import jiuye.kernel.worlds
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("erasure", "0001_erasure_requests"),
    ]

    operations = [
        migrations.AddField(
            model_name="erasurerequest",
            name="test_client_id",
            field=jiuye.kernel.worlds.TestClientField(
                default=jiuye.kernel.worlds.current_client, editable=False, null=True
            ),
        ),
    ]
