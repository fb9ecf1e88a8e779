"""Free space: when writing stops, and when it goes on."""

import errno
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from jiuye.kernel import space
from jiuye.kernel.errors import Unavailable
from jiuye.kernel.space import Space
from jiuye.runtime.reserve import Reserve

MB = 2**20
LEAST = 128 * MB


class Disk:
    """A volume of which a test says how much is free."""

    def __init__(self, free: int) -> None:
        self.free = free
        self.now = 0.0

    def is_short(self, watched: Space, free: int) -> bool:
        self.free, self.now = free, self.now + 1
        return watched.is_short()


@pytest.fixture
def disk() -> Disk:
    return Disk(free=1000 * MB)


@pytest.fixture
def watched(disk: Disk, tmp_path: Path) -> Space:
    return Space(tmp_path, LEAST, measure=lambda folder: disk.free, clock=lambda: disk.now)


def test_it_is_short_below_the_least_and_until_there_is_a_quarter_more(disk: Disk, watched: Space) -> None:
    free = [200, 129, 127, 129, 159, 160, 129]

    assert [disk.is_short(watched, one * MB) for one in free] == [False, False, True, True, True, False, False]


def test_a_volume_that_cannot_be_measured_has_space(tmp_path: Path) -> None:
    assert not Space(tmp_path / "none", LEAST).is_short()


@pytest.mark.parametrize(("files", "left", "is_short"), [(10**6, 999, True), (10**6, 1000, False), (0, 0, False)])
def test_a_volume_that_takes_no_more_files_is_short_of_space(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, files: int, left: int, is_short: bool
) -> None:
    found = SimpleNamespace(f_bavail=10**6, f_frsize=4096, f_files=files, f_favail=left)
    monkeypatch.setattr(os, "statvfs", lambda folder: found)

    assert Space(tmp_path, LEAST).is_short() == is_short


def test_without_a_limit_nothing_is_measured(tmp_path: Path) -> None:
    assert not Space(tmp_path, 0, measure=lambda folder: 0).is_short()


def test_who_must_write_is_told_when_to_come_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(space, "_space", Space(tmp_path, LEAST, measure=lambda folder: 0))

    with pytest.raises(Unavailable, match="存储空间不足") as refused:
        space.require()
    assert refused.value.retry_after > 0


def test_errors_of_a_full_disk_are_known_by_what_caused_them() -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    wrapped = RuntimeError("not saved")
    wrapped.__cause__ = full

    assert space.is_full(full)
    assert space.is_full(wrapped)
    assert not space.is_full(OSError(errno.EACCES, "denied"))


def test_the_reserve_is_given_up_without_letting_anybody_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    reserve, file = Reserve(tmp_path, 8 * MB, told.append), tmp_path / "reserve"
    free = {"now": 100 * MB}
    monkeypatch.setattr("jiuye.runtime.reserve.free_bytes", lambda folder: free["now"])
    reserve.tend(0)
    assert file.stat().st_blocks * 512 >= 4 * MB  # on the disk, no hole

    free["now"] = 1 * MB
    reserve.tend(1)
    assert not file.exists()
    free["now"] = 1 * MB + 4 * MB
    reserve.tend(2)
    assert Space(tmp_path, 8 * MB, measure=lambda folder: free["now"]).is_short()
    assert not file.exists()

    free["now"] = 100 * MB
    reserve.tend(3)
    assert file.exists()
    assert ["空间不足" in line for line in told] == [True, False]


def test_a_disk_that_cannot_hold_the_reserve_ends_nothing(tmp_path: Path) -> None:
    Reserve(tmp_path / "gone", 8 * MB, lambda line: None).tend(0)
