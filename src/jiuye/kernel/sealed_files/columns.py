"""Columns that name files, which are deleted with their rows."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.apps import apps
from django.db import models
from django.db.models.signals import post_delete

from jiuye.kernel.sealed_files.files import delete


class _FileKey(models.CharField):  # type: ignore[type-arg]
    """A column with the key of a file, which is deleted with its row, however Django deletes that.

    For migrations it is a CharField: what it adds is no part of the schema.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 100)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Return the field for migrations: a CharField."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Have the file deleted with its row."""
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            post_delete.connect(self._delete_file, sender=cls)

    def _delete_file(self, instance: models.Model, **_: Any) -> None:
        delete(getattr(instance, self.attname))


class SealedFileKey(_FileKey):
    """The key of an encrypted file. `formerly`: the folder of its files in the time before they were encrypted; empty: there
    were none (see `upkeep`).
    """

    def __init__(self, *args: Any, formerly: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.formerly = formerly


class PublicFileKey(_FileKey):
    """The key of a file that everybody may read and that is stored as it is, in `folder`."""

    def __init__(self, *args: Any, folder: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = folder


Key = TypeVar("Key", bound=_FileKey)


def columns_of(kind: type[Key]) -> Iterator[tuple[type[models.Model], Key]]:
    """Return every column of this kind, with its model."""
    for model in sorted(apps.get_models(), key=lambda model: model._meta.db_table):
        for field in model._meta.local_concrete_fields:
            if isinstance(field, kind):
                yield model, field
