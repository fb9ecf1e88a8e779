"""What is to be forgotten is found without reading the table. Built beside its use, without locking it."""

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies: ClassVar = [("accounts", "0009_consents_to_be_found")]

    operations: ClassVar = [
        AddIndexConcurrently(
            model_name="signinrecord", index=BrinIndex(fields=["signed_in_at"], name="sign_ins_by_age")
        ),
    ]
