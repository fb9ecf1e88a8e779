from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="textmessage",
            name="delivery",
            field=models.CharField(
                blank=True,
                choices=[("delivered", "已送达手机"), ("failed", "没有送达手机")],
                # The database's own default: code from before this migration goes on inserting rows without the column.
                db_default="",
                default="",
                help_text="Empty: not told yet.",
                max_length=10,
            ),
        ),
    ]
