"""Exclusive use of a data folder."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from jiuye.runtime import data_folder
from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.failure import Failure
from jiuye.runtime.processes import wait_until

HOLDER = """
import sys, time
from pathlib import Path
from jiuye.runtime.data_folder import DataFolder
with DataFolder(Path(sys.argv[1])).claimed("up"):
    print("held", flush=True)
    time.sleep(60)
"""


def holder_of(folder: Path) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(folder)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def test_a_folder_in_use_is_refused_naming_who_has_it(tmp_path: Path) -> None:
    other = holder_of(tmp_path)
    try:
        with pytest.raises(Failure, match=rf"in use by up, pid {other.pid}"), DataFolder(tmp_path).claimed("manage"):
            pass
    finally:
        other.kill()
        other.communicate()


def test_a_killed_holder_leaves_the_folder_free(tmp_path: Path) -> None:
    other = holder_of(tmp_path)
    other.send_signal(signal.SIGKILL)
    other.communicate()
    assert wait_until(lambda: DataFolder(tmp_path).occupant() is None, seconds=5)
    with DataFolder(tmp_path).claimed("up"):
        pass


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Failure, match="cannot write"), DataFolder(tmp_path / "file" / "data").claimed("up"):
        pass


def test_a_full_disk_is_refused_before_anything_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_folder, "_NEEDED_BYTES", 2**62)
    with pytest.raises(Failure, match="disk full"):
        DataFolder(tmp_path).require_space()
