"""The files of an installation, caught beside a running site.

Stored files never change, they only come and go. A first look links them before the database's snapshot; right after
it, what the snapshot names and is not linked yet. So what is deleted meanwhile is caught, too. What came later is an extra.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jiuye.runtime.data_folder import DataFolder

FOLDERS = ("files", "seal-roots")
_LINKS = "backup-links"


class Catch:
    """Links to the files of a data folder, which stay when the files are deleted."""

    def __init__(self, data: DataFolder, links: Path) -> None:
        self._data = data
        self.links = links

    def look(self) -> None:
        """Link everything that is not linked yet. On a disk without links, copy."""
        for folder in FOLDERS:
            for name in _walk(self._data.path / folder):
                self._caught(folder, name)

    def look_for(self, keys: Iterable[str]) -> set[str]:
        """Link what these storage keys name, before it may be deleted. Return the keys of which there is no file."""
        return {key for key in keys if not self._caught("files", key)}

    def _caught(self, folder: str, name: str) -> bool:
        target = self.links / folder / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            _link(self._data.path / folder / name, target)
        return target.exists()

    def names(self) -> list[str]:
        """Return the paths of everything caught, relative to the data folder, sorted."""
        return sorted(f"{folder}/{name}" for folder in FOLDERS for name in _walk(self.links / folder))


@contextmanager
def caught(data: DataFolder) -> Iterator[Catch]:
    """Yield an empty catch; delete its links afterwards. Only one at a time: the caller holds the lock of backups."""
    links = data.path / _LINKS
    shutil.rmtree(links, ignore_errors=True)  # of a killed run
    links.mkdir()
    try:
        yield Catch(data, links)
    finally:
        shutil.rmtree(links, ignore_errors=True)


def _walk(folder: Path) -> Iterator[str]:
    for place, _, names in os.walk(folder):
        for name in names:
            yield os.path.relpath(os.path.join(place, name), folder)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        return  # deleted since we listed it
    except OSError:
        partial = target.with_name(f".{target.name}.partial")
        try:
            shutil.copyfile(source, partial)
        except FileNotFoundError:
            return
        partial.rename(target)
