from django.db import migrations, models

import jiuye.kernel.crypto


class Migration(migrations.Migration):
    """The subject itself, so that its index can be rebuilt with another key. The table is new and empty."""

    dependencies = [
        ("accounts", "0005_authenticators_lock"),
    ]

    operations = [
        migrations.AddField(
            model_name="cardidentity",
            name="subject",
            field=jiuye.kernel.crypto.EncryptedText(
                default="", help_text="Issuer and the provider's name for the person."
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="cardidentity",
            name="subject_index",
            field=models.CharField(max_length=64, unique=True),
        ),
    ]
