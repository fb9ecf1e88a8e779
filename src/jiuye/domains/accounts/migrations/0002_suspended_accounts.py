import jiuye.kernel.crypto
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_squashed"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="suspended_at",
            field=models.DateTimeField(help_text="When a sanction (处置) suspended the account.", null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="suspended_until",
            field=models.DateField(help_text="The last day of the suspension; null: until it is lifted.", null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="suspension_link",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="The page with the decision and the appeal.",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="suspension_notice",
            field=jiuye.kernel.crypto.EncryptedText(
                blank=True, db_default="", default="", help_text="What the person is told."
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("suspended_at__isnull", False),
                    models.Q(("suspended_until", None), ("suspension_link", ""), ("suspension_notice", "")),
                    _connector="OR",
                ),
                name="a_suspension_has_a_beginning",
            ),
        ),
    ]
