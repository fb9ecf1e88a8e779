import jiuye.kernel.worlds
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0007_merged_employers"),
        ("reference", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="affiliation",
            name="test_client_id",
            field=jiuye.kernel.worlds.TestClientField(
                default=jiuye.kernel.worlds.current_client, editable=False, null=True
            ),
        ),
        migrations.AddField(
            model_name="agency",
            name="test_client_id",
            field=jiuye.kernel.worlds.TestClientField(
                default=jiuye.kernel.worlds.current_client, editable=False, null=True
            ),
        ),
        migrations.AddField(
            model_name="employer",
            name="test_client_id",
            field=jiuye.kernel.worlds.TestClientField(
                default=jiuye.kernel.worlds.current_client, editable=False, null=True
            ),
        ),
        migrations.AddField(
            model_name="memberinvitation",
            name="test_client_id",
            field=jiuye.kernel.worlds.TestClientField(
                default=jiuye.kernel.worlds.current_client, editable=False, null=True
            ),
        ),
        migrations.AddField(
            model_name="membershiprequest",
            name="test_client_id",
            field=jiuye.kernel.worlds.TestClientField(
                default=jiuye.kernel.worlds.current_client, editable=False, null=True
            ),
        ),
        migrations.AddField(
            model_name="qualification",
            name="test_client_id",
            field=jiuye.kernel.worlds.TestClientField(
                default=jiuye.kernel.worlds.current_client, editable=False, null=True
            ),
        ),
        migrations.AddField(
            model_name="shop",
            name="test_client_id",
            field=jiuye.kernel.worlds.TestClientField(
                default=jiuye.kernel.worlds.current_client, editable=False, null=True
            ),
        ),
    ]
