"""`bench NAME`: run one benchmark of bench/ on a database of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from jiuye.runtime import database
from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.failure import Failure
from jiuye.runtime.fingerprints import REPOSITORY
from jiuye.runtime.processes import run_in_foreground

FOLDER = REPOSITORY / "bench"
_WITHOUT_DATABASE = frozenset({"faults", "moved_clock", "mutants", "resume_files"})
"""These start what they need themselves."""


def names() -> list[str]:
    """Return the names of all benchmarks."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))


def run(name: str, data: DataFolder | None, arguments: Sequence[str]) -> int:
    """Run a benchmark with schema and reference data in DATABASE_URL and DATA_DIR. Return its exit code.

    Without `data` the database is temporary; it writes as durably as a real one. Raises Failure.
    """
    if name not in names():
        raise Failure(f"没有名为 {name} 的基准测试（there are: {', '.join(names()) or 'none'}）")
    command = [sys.executable, str(FOLDER / f"{name}.py"), *arguments]
    if name in _WITHOUT_DATABASE:
        return run_in_foreground(command, os.environ)
    place: AbstractContextManager[tuple[str, DataFolder]] = (
        database.throw_away(durable=True) if data is None else _kept(data)
    )
    with place as (dsn, folder):
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "jiuye.config.settings",
            "DATABASE_URL": dsn,
            "DATA_DIR": str(folder.path),
        }
        if data is None:
            _prepare(environment)
        return run_in_foreground(command, environment)


@contextmanager
def _kept(data: DataFolder) -> Iterator[tuple[str, DataFolder]]:
    with database.available(data, "bench") as dsn:
        yield dsn, data


def _prepare(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "django", "prepare", "--demo", "none"]
    if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode != 0:
        raise Failure("准备数据失败（the database could not be prepared）")
