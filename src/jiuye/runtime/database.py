"""A database for a command: the configured server, the running embedded one, or one started for as long as it lasts."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.failure import Failure
from jiuye.runtime.locks import FileLock
from jiuye.runtime.postgres import Server, running_dsn
from jiuye.runtime.processes import wait_until

_PATIENCE = 20.0


def configured() -> str:
    """The address in DATABASE_URL; empty when the embedded server is to be used."""
    return os.environ.get("DATABASE_URL", "")


@contextmanager
def available(data: DataFolder, command: str) -> Iterator[str]:
    """The address of a database that answers, for the length of the block. Raises Failure.

    Commands may overlap: the one that started the server waits for the others before it stops it.
    """
    if configured():
        yield configured()
        return
    users = FileLock(data.path / "users.lock")
    running = running_dsn(data.postgres) or _await_occupant(data)
    if running:
        users.share()
        with users:
            yield running
        return
    with data.claimed(command):
        data.require_space()
        server = data.server()
        server.start()
        try:
            yield server.dsn()
            wait_until(users.acquire, seconds=24 * 3600.0, pause=0.2)
        finally:
            users.release()
            server.stop()


def _await_occupant(data: DataFolder) -> str | None:
    """When another command has the folder it is about to answer: wait for it."""
    if data.occupant() is None:
        return None
    wait_until(lambda: running_dsn(data.postgres) is not None or data.occupant() is None, seconds=_PATIENCE, pause=0.2)
    return running_dsn(data.postgres)


@contextmanager
def throw_away(*, durable: bool = False) -> Iterator[tuple[str, DataFolder]]:
    """A fresh server in a temp folder, gone afterwards: its address, and an empty data folder beside it.

    It is fast and unsafe, as tests want it; `durable` makes it write as in real use, which measurements need.
    """
    with tempfile.TemporaryDirectory(prefix="jiuye-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        place.chmod(0o755)  # PostgreSQL's user passes through; its own folder inside is closed
        data = DataFolder(place / "data")
        data.path.mkdir()
        server = Server(place / "postgres", log=place / "postgres.log", durable=durable)
        server.start()
        try:
            yield server.dsn(), data
        finally:
            server.erase()


# In the background, for development


def start_in_background(data: DataFolder) -> str:
    """Leave an embedded server running for this folder; its address. Raises Failure."""
    running = running_dsn(data.postgres)
    if running:
        return running
    data.logs.mkdir(parents=True, exist_ok=True)
    with (data.logs / "database.log").open("ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "jiuye.runtime", "database", "run", "--data", str(data.path)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    wait_until(lambda: running_dsn(data.postgres) is not None or keeper.poll() is not None, seconds=_PATIENCE)
    running = running_dsn(data.postgres)
    if not running:
        raise Failure(f"数据库没有启动，详见 {data.logs / 'database.log'}（the database did not start）")
    return running


def run_in_foreground(data: DataFolder) -> None:
    """Keep the folder's server running until SIGTERM or SIGINT."""
    wanted = {signal.SIGTERM, signal.SIGINT}
    for number in wanted:
        signal.signal(number, lambda *_: None)
    with data.claimed("database"):
        data.require_space()
        server = data.server()
        server.start()
        stopping = False

        def stop(*_: object) -> None:
            nonlocal stopping
            stopping = True

        for number in wanted:
            signal.signal(number, stop)
        try:
            while not stopping:
                wait_until(lambda: stopping, seconds=1.0, pause=0.2)
                if server.process is None or server.process.poll() is not None:
                    server.start()
        finally:
            server.stop()


def stop_in_background(data: DataFolder) -> bool:
    """Stop the server left running by `start_in_background`; False when there is none. Raises Failure."""
    occupant = data.occupant()
    if occupant is None or occupant.command != "database":
        return False
    os.kill(occupant.pid, signal.SIGTERM)  # it holds the lock this moment, so the id is its own
    if not wait_until(lambda: data.occupant() is None, seconds=30.0):
        raise Failure("数据库没有停止（the database did not stop within 30 s）")
    return True
