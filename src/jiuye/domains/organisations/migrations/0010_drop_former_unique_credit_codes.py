from django.db import migrations, models


class Migration(migrations.Migration):
    """The index by world, of the migration before, does what this constraint did."""

    dependencies = [
        ("organisations", "0009_credit_codes_by_world"),
    ]

    operations = [
        migrations.AlterField(
            model_name="employer",
            name="credit_code",
            field=models.CharField(max_length=18, null=True),
        ),
    ]
