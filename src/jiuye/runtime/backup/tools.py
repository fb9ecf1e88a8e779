"""Programs that backups start: PostgreSQL's own, and Django commands in a process of their own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from psycopg import conninfo

from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.failure import Failure
from jiuye.runtime.postgres import client_program


def tell(line: str) -> None:
    """Print one line of progress."""
    print(line, flush=True)


def size(number: int) -> str:
    """Return a number of bytes in megabytes."""
    return f"{number / 2**20:.1f} MB"


def django(data: DataFolder, dsn: str, *command: str, **settings: str) -> str:
    """Run a Django command on a database and a data folder. Return what it says. Raises Failure with its last line."""
    surroundings = os.environ | {"DATABASE_URL": dsn, "DATA_DIR": str(data.path)} | settings
    surroundings.setdefault("DJANGO_SETTINGS_MODULE", "jiuye.config.settings")
    done = subprocess.run(
        [sys.executable, "-m", "django", *command], env=surroundings, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Failure(f"{command[0]} 失败（{command[0]}: {_last(done.stderr)}）")
    return done.stdout


def facts(data: DataFolder, dsn: str, *, snapshot: str = "") -> dict[str, Any]:
    """Return what `backup_facts` says; without `snapshot` the database is not asked."""
    told: dict[str, Any] = json.loads(django(data, dsn, "backup_facts", *([f"--snapshot={snapshot}"] * bool(snapshot))))
    return told


@contextmanager
def dumping(dsn: str, snapshot: str) -> Iterator[IO[bytes]]:
    """Yield the dump of a database as a stream, in the custom format, compressed. Raises Failure if it does not succeed.

    Extensions are left out: only a superuser may create them, and a new database has them.
    """
    command = ["--format=custom", "--compress=gzip:6", "--exclude-extension=*", f"--snapshot={snapshot}"]
    address, surroundings = _address(dsn)
    with subprocess.Popen(
        [client_program("pg_dump"), *command, f"--dbname={address}"],
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None and process.stderr is not None  # noqa: S101, PT018 - pipes
        try:
            yield process.stdout
            told = process.stderr.read().decode(errors="replace")
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        raise Failure(f"数据库备份失败（pg_dump: {_last(told)}）")


def restore_dump(dsn: str, dump: Path) -> None:
    """Load a dump into an empty database, all of it or nothing. Raises Failure."""
    address, surroundings = _address(dsn)
    command = [
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={address}",
        str(dump),
    ]
    done = subprocess.run(
        [client_program("pg_restore"), *command], env=surroundings, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Failure(f"数据库恢复失败，没有改动原有数据（pg_restore: {_last(done.stderr)}）")


def _address(dsn: str) -> tuple[str, dict[str, str]]:
    """Return the address without its password, which other users could see in the list of processes, and the environment with it."""
    parts: Mapping[str, Any] = conninfo.conninfo_to_dict(dsn)
    without = {name: value for name, value in parts.items() if name != "password"}
    password = {"PGPASSWORD": str(parts["password"])} if parts.get("password") else {}
    return conninfo.make_conninfo(**without), os.environ | password


def _last(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return next((line for line in lines if "error:" in line), lines[-1] if lines else "no message")
