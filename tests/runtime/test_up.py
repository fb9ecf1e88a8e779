"""The whole platform: started by `up`, killed, started again."""

import contextlib
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.processes import survivors, working_in
from tests.factories.running_platform import Platform

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder, prepared by the first test's first run, which takes longest."""
    return tmp_path_factory.mktemp("up") / "data"


@pytest.fixture
def data(folder: Path) -> Iterator[Path]:
    """The data folder; processes that still use it after the test are ended."""
    yield folder
    for process in [*survivors(folder), *working_in(DataFolder(folder).postgres)]:
        process.kill()


def test_it_comes_up_again_after_all_of_it_was_killed_and_stops_cleanly(data: Path) -> None:
    first = Platform(data)
    first.wait_until_ready()
    assert first.status("/readyz") == 200
    for process in first.everything():
        with contextlib.suppress(psutil.NoSuchProcess):  # the death of the first process may have reached it already
            process.kill()
    first.process.wait()

    second = Platform(data)
    second.wait_until_ready()
    assert second.status("/readyz") == 200
    children = second.everything()[1:]
    second.process.send_signal(signal.SIGTERM)
    assert second.process.wait(60) == 0
    assert [process for process in children if process.is_running()] == []
    assert DataFolder(data).occupant() is None


def test_it_comes_up_again_after_the_supervisor_alone_was_killed(data: Path) -> None:
    first = Platform(data)
    first.wait_until_ready()
    first.process.kill()
    first.process.wait()

    second = Platform(data)
    second.wait_until_ready()
    assert second.status("/readyz") == 200
    second.process.send_signal(signal.SIGINT)
    assert second.process.wait(60) == 0
