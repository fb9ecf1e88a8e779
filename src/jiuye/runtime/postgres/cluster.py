"""A PostgreSQL data folder on disk: made whole or not at all."""

import locale
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from jiuye.runtime.failure import Failure
from jiuye.runtime.postgres.account import Account

SUPERUSER = "postgres"
SOCKET_FOLDER = "run"
_UTF8_LOCALES = ("C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8")


@dataclass(frozen=True)
class Place:
    """How the server's programs are pointed at the folder: its path, or through the working folder they start in."""

    cwd: Path
    argument: str


def place(folder: Path, account: Account) -> Place:
    """Point at `folder` so that the account finds it.

    Below a folder closed to the account (root's home) a path can't be walked by it, but a working folder opened
    beforehand can be used: Linux shows it as /proc/self/cwd.
    """
    if account.reaches(folder):
        return Place(folder, str(folder))
    if sys.platform.startswith("linux"):
        return Place(folder, "/proc/self/cwd")
    raise Failure(
        f"数据库用户无法进入数据目录，请用 --data 换一个位置（PostgreSQL's user cannot enter {folder}; choose another --data）"
    )


def is_created(folder: Path) -> bool:
    """Whether the folder holds a complete cluster."""
    return (folder / "PG_VERSION").exists()


def create(folder: Path, account: Account, programs: Path, *, durable: bool) -> None:
    """Run initdb beside `folder` and rename the result, so that a creation cut short leaves nothing half made.

    The built-in C.UTF-8 provider sorts alike on every machine; the UTF-8 character type beside it is what lets
    pg_trgm see Chinese letters. Raises Failure.
    """
    staging = folder.with_name(folder.name + ".new")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    account.give(staging)
    where = place(staging, account)
    command = [str(programs / "initdb"), "-D", where.argument, "-U", SUPERUSER, "-E", "UTF8", "-A", "trust"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--locale={_utf8_locale()}"]
    command += ["--lc-messages=C", "--no-instructions"]
    command += [] if durable else ["--no-sync"]
    surroundings = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
    outcome = subprocess.run(
        command, cwd=where.cwd, env=surroundings, capture_output=True, text=True, check=False, **account.spawn_options()
    )
    if outcome.returncode != 0:
        reason = (outcome.stderr.strip().splitlines() or ["initdb failed"])[-1]
        shutil.rmtree(staging, ignore_errors=True)
        raise Failure(explain(outcome.stderr) or f"无法建立数据库（initdb: {reason}）")
    sockets = staging / SOCKET_FOLDER
    sockets.mkdir()
    account.give(sockets)
    staging.rename(folder)


def explain(output: str) -> str | None:
    """The clear line for a failure that PostgreSQL's own output tells of, if we know it."""
    if "No space left on device" in output:
        return "磁盘已满，数据库无法写入（disk full: free some space and try again）"
    if "incompatible with server" in output:
        return "数据目录由另一个版本的 PostgreSQL 建立（the data folder was made by another PostgreSQL version: use another --data）"
    return None


def _utf8_locale() -> str:
    """A locale of this machine whose character type is UTF-8."""
    current = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in _UTF8_LOCALES:
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
            return name
    finally:
        locale.setlocale(locale.LC_CTYPE, current)
    return "C"
