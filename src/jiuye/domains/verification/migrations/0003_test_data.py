import jiuye.kernel.worlds
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0002_check_of_present_employment"),
    ]

    operations = [
        migrations.AddField(
            model_name="verificationcase",
            name="test_client_id",
            field=jiuye.kernel.worlds.TestClientField(
                default=jiuye.kernel.worlds.current_client, editable=False, null=True
            ),
        ),
    ]
