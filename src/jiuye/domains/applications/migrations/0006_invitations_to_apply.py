"""Agencies invite people whose resumes they found to apply."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

import jiuye.kernel.ids


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0007_channel_figures_from_the_index"),
        ("applications", "0005_snapshots_may_be_destroyed"),
        ("jobs", "0003_saved_jobs_remember_what_was_seen"),
        ("organisations", "0003_the_usual_answer_is_a_median"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="InvitationToApply",
            fields=[
                ("id", models.UUIDField(default=jiuye.kernel.ids.new_id, primary_key=True, serialize=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.user"
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="jobs.jobposting"
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.agency"
                    ),
                ),
                ("invited_by", models.UUIDField(help_text="The member of staff who sent it.")),
                ("note", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField()),
                (
                    "declined_at",
                    models.DateTimeField(help_text="When the person said that they are not interested.", null=True),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["user", "-created_at", "-id"], name="invitation_to_apply_by_person"),
                    models.Index(fields=["agency", "user"], name="invitation_to_apply_by_agency"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "posting"), name="a_person_is_invited_to_a_posting_once")
                ],
            },
        ),
    ]
