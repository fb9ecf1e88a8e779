"""Rows from the time before a column was encrypted."""

from collections.abc import Collection
from typing import Any, Self

from django.db import models

from jiuye.kernel.crypto.fields import EncryptedText


class Formerly(models.Model):
    """Rows whose encrypted columns take the place of columns in clear (`EncryptedText.formerly`)."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(  # type: ignore[override]  # the stubs describe Django 6
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        """Return the row, with the value in clear where older code has written nothing else."""
        row = super().from_db(db, field_names, values)
        loaded = row.__dict__
        for field in cls._meta.local_concrete_fields:
            former = field.formerly if isinstance(field, EncryptedText) else ""
            if former in loaded and field.attname in loaded and loaded[field.attname] is None:
                loaded[field.attname] = loaded[former]
                loaded[former] = type(loaded[former])()  # the next save of the whole row leaves nothing in clear
        return row
