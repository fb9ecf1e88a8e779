"""The figures of channels are counted in their index alone. Built beside the old one, without locking the table."""

from typing import ClassVar

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies: ClassVar = [("accounts", "0006_cards_keep_their_subject")]

    operations: ClassVar = [
        AddIndexConcurrently(
            model_name="signinrecord",
            index=models.Index(
                fields=["channel_code", "signed_in_at"], include=["is_new_account"], name="sign_ins_of_channels"
            ),
        ),
        RemoveIndexConcurrently(model_name="signinrecord", name="sign_ins_by_channel"),
    ]
