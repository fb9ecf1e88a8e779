from django.db import migrations, models


class Migration(migrations.Migration):
    """The index by world, of the migration before, does what this constraint did."""

    dependencies = [
        ("accounts", "0008_phones_by_world"),
    ]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="phone_index",
            field=models.CharField(max_length=64, null=True),
        ),
    ]
