"""A database for a command: the configured server, the running embedded one, or one started for the duration of the command."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.failure import Failure
from jiuye.runtime.locks import FileLock
from jiuye.runtime.postgres import RUNTIME_ROLE, Server, running_dsn
from jiuye.runtime.processes import wait_until

_PATIENCE = 20.0


def configured() -> str:
    """Return the address in DATABASE_URL; empty if the embedded server is to be used."""
    return os.environ.get("DATABASE_URL", "")


def addresses(dsn: str) -> dict[str, str]:
    """Return the settings of a process that may connect as both roles of a database, given the address that `available` yields.

    Your own server's addresses are used as they are; of the embedded one, the runtime role's is DATABASE_URL.
    """
    if configured():
        return {"DATABASE_URL": configured()}
    runtime = urlsplit(dsn)._replace(netloc=f"{RUNTIME_ROLE}@")
    return {"DATABASE_URL": urlunsplit(runtime), "MIGRATIONS_DATABASE_URL": dsn}


def configured_owner() -> str:
    """Return the address of the configured database in the role that owns it; empty if the embedded server is to be used."""
    return os.environ.get("MIGRATIONS_DATABASE_URL", "") or configured()


@contextmanager
def available(data: DataFolder, command: str) -> Iterator[str]:
    """Yield the address of a running database, of the embedded one with its owner. Raises Failure.

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
    """Wait while another command that has claimed the folder starts the database."""
    if data.occupant() is None:
        return None
    wait_until(lambda: running_dsn(data.postgres) is not None or data.occupant() is None, seconds=_PATIENCE, pause=0.2)
    return running_dsn(data.postgres)


@contextmanager
def throw_away(*, durable: bool = False) -> Iterator[tuple[str, DataFolder]]:
    """Start a temporary server in a temporary folder. Yield its address and an empty data folder beside it; delete both
    afterwards.

    It is fast and unsafe, for tests; with `durable` it writes as in production, for benchmarks.
    """
    with tempfile.TemporaryDirectory(prefix="jiuye-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        place.chmod(0o755)  # PostgreSQL's user must be able to pass through; its folder inside is private
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
    """Start an embedded server for this folder that keeps running. Return its address. Raises Failure."""
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
    """Run the folder's server until SIGTERM or SIGINT."""
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
    """Stop the server started by `start_in_background`. Return False if there is none. Raises Failure."""
    occupant = data.occupant()
    if occupant is None or occupant.command != "database":
        return False
    os.kill(occupant.pid, signal.SIGTERM)  # it holds the lock at this moment, so the process id is current
    if not wait_until(lambda: data.occupant() is None, seconds=30.0):
        raise Failure("数据库没有停止（the database did not stop within 30 s）")
    return True
