"""The whole platform: started by `up`, killed, started again."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.fingerprints import REPOSITORY
from jiuye.runtime.processes import survivors, wait_until, working_in

pytestmark = pytest.mark.processes
PATIENCE = 120.0
FOREIGN = ("DATABASE_URL", "JIUYE_ENV", "DATA_DIR", "SITE_URL", "SANDBOX_URL")


class Platform:
    """One run of `up` on a data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_pair()
        environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        self.output = data.with_suffix(".out")
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, *f"-m jiuye.runtime up --demo none --port {self.port} --data".split(), str(data)],
                env=environment,
                cwd=REPOSITORY,
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
            )

    def wait_until_ready(self) -> None:
        is_settled = wait_until(lambda: self.is_announced() or self.process.poll() is not None, seconds=PATIENCE)
        assert is_settled, self.output.read_text()
        assert self.process.poll() is None, self.output.read_text()

    def is_announced(self) -> bool:
        return f"127.0.0.1:{self.port}" in self.output.read_text()

    def status(self, path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        return connection.getresponse().status

    def everything(self) -> list[psutil.Process]:
        """Return all of its processes, PostgreSQL's included."""
        supervisor = psutil.Process(self.process.pid)
        return [supervisor, *supervisor.children(recursive=True)]


def free_pair() -> int:
    """Return a free port with a free one after it."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as first:
            port = int(first.getsockname()[1])
            try:
                socket.create_server(("127.0.0.1", port + 1)).close()
            except OSError:
                continue
            return port


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
