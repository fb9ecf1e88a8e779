"""A file that was acknowledged is on the disk, with every name that leads to it, before its row is committed."""

import errno
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile

from jiuye.config import settings as configured
from jiuye.kernel.durable_storage import DurableFileSystemStorage


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What is synchronised, in order."""
    found: list[Path] = []
    monkeypatch.setattr(os, "fsync", lambda number: found.append(Path(os.readlink(f"/proc/self/fd/{number}"))))
    return found


def test_the_file_comes_first_and_then_each_folder_that_got_a_name(tmp_path: Path, synced: list[Path]) -> None:
    storage = DurableFileSystemStorage(location=tmp_path)

    storage.save("sealed/resumes/a.jpg", ContentFile(b"a"))
    first = list(synced)
    storage.save("sealed/resumes/b.jpg", ContentFile(b"b"))

    assert first[0] == tmp_path / "sealed" / "resumes" / "a.jpg"
    assert {*first[1:]} == {tmp_path / "sealed" / "resumes", tmp_path / "sealed", tmp_path}
    assert synced[len(first) :] == [tmp_path / "sealed" / "resumes" / "b.jpg", tmp_path / "sealed" / "resumes"]


def test_what_the_disk_refuses_is_not_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(number: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="Input/output"):
        DurableFileSystemStorage(location=tmp_path).save("a", ContentFile(b"a"))


@pytest.mark.parametrize("environment", ["production", "development"])
def test_the_site_stores_its_files_so(environment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(configured, "_env", SimpleNamespace(jiuye_env=environment))
    assert configured._storage("")["BACKEND"] == "jiuye.kernel.durable_storage.DurableFileSystemStorage"
