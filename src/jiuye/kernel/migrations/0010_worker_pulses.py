from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0009_never_truncated")]

    operations = [
        migrations.CreateModel(
            name="WorkerPulse",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
    ]
