"""The storage of files in a folder: what it has saved is there after a loss of power, as rows of a committed transaction are."""

import os
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class DurableFileSystemStorage(FileSystemStorage):
    """Django's storage, which returns from `save` when the file and the names that lead to it are on the disk (fsync(2))."""

    def _save(self, name: str, content: Any) -> str:
        folder = Path(self.path(name)).parent
        made = [one for one in (folder, *folder.parents) if not one.exists()]
        saved: str = super()._save(name, content)  # type: ignore[misc]
        for place in (Path(self.path(saved)), folder, *(one.parent for one in made)):
            _sync(place)
        return saved


def _sync(place: Path) -> None:
    number = os.open(place, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
