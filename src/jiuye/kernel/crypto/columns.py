"""The encrypted columns of the database, found in the models so that none can be missed."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from django.db.models import Model

from jiuye.kernel.crypto.fields import EncryptedText


@dataclass(frozen=True)
class SealedTable:
    """A table with encrypted columns."""

    model: type[Model]
    fields: tuple[EncryptedText, ...]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def columns(self) -> tuple[str, ...]:
        """The primary key's column, then the encrypted ones."""
        return tuple(str(field.column) for field in (self.model._meta.pk, *self.fields))

    @property
    def types(self) -> tuple[str, ...]:
        """PostgreSQL's names of the columns' types, in the same order."""
        return tuple(str(field.db_type(connection)) for field in (self.model._meta.pk, *self.fields))

    @property
    def indexed(self) -> tuple[EncryptedText, ...]:
        """The columns that have a blind index."""
        return tuple(field for field in self.fields if field.found_by)


def sealed_tables() -> Iterator[SealedTable]:
    """Return every table of the installed models with encrypted columns, by name."""
    for model in sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.db_table):
        fields = tuple(field for field in model._meta.local_concrete_fields if isinstance(field, EncryptedText))
        if fields and model._meta.managed and not model._meta.proxy:
            yield SealedTable(model, fields)
