from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_shop_pictures_fees_and_version")]
    operations = [
        migrations.RenameField(model_name="shop", old_name="average_answer_hours", new_name="typical_answer_hours")
    ]
