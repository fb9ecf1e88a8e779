from django.db import migrations, models

import jiuye.kernel.crypto


class Migration(migrations.Migration):
    """The subject itself, so that its index can be built anew under another key. Nobody has a card yet: the table is new."""

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
