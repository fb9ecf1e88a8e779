"""People consent to being found by agencies."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0008_input_kept_until_signed_in_again")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="consent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("resume_disclosure", "向招聘方提供简历"),
                    ("card_prefill", "用电子社保卡信息填写简历"),
                    ("verification", "向人社部门核验简历信息"),
                    ("resume_visibility", "让所选地区的职介看到简历"),
                ],
                max_length=30,
            ),
        )
    ]
