"""Who may find a resume, and whom its owner keeps out."""

from typing import ClassVar

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import jiuye.kernel.ids


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0007_channel_figures_from_the_index"),
        ("resumes", "0003_resume_versions"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="OrganisationBlock",
            fields=[
                ("id", models.UUIDField(default=jiuye.kernel.ids.new_id, primary_key=True, serialize=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.user"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("agency", "职介"), ("employer", "招聘企业"), ("platform", "平台运营")], max_length=10
                    ),
                ),
                (
                    "organisation_id",
                    models.UUIDField(help_text="Null: nothing of this name had come to the platform yet.", null=True),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "name_key",
                    models.CharField(help_text="The name folded: however it is written.", max_length=100),
                ),
                (
                    "credit_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=18), default=list, size=None
                    ),
                ),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "name_key"), name="a_name_is_blocked_once"),
                    models.CheckConstraint(
                        condition=models.Q(("name_key", ""), _negated=True), name="a_blocked_organisation_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visibility",
            fields=[
                ("id", models.UUIDField(default=jiuye.kernel.ids.new_id, primary_key=True, serialize=False)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.user"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("applied_only", "仅投递的机构可见"),
                            ("agencies", "对所选地区的职介可见"),
                            ("hidden", "完全隐藏"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "places",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=6),
                        default=list,
                        help_text="Provinces and cities whose agencies may find the resume; 000000 is the whole country.",
                        size=None,
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.consent",
                    ),
                ),
                (
                    "is_paused",
                    models.BooleanField(default=False, help_text="The account is about to be erased: nobody finds it."),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("is_paused", False), ("level", "agencies")),
                        fields=["places"],
                        name="visible_resumes_by_place",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("consent__isnull", False),
                                ("level", "agencies"),
                                models.Q(("places", []), _negated=True),
                            ),
                            models.Q(models.Q(("level", "agencies"), _negated=True), ("consent", None), ("places", [])),
                            _connector="OR",
                        ),
                        name="agencies_see_a_resume_by_consent_and_in_named_places",
                    )
                ],
            },
        ),
    ]
