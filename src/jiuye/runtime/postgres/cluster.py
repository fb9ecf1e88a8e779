"""A PostgreSQL cluster on disk: created completely or not at all."""

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
    """How the server's programs address the folder: by its path, or by the working folder they start in."""

    cwd: Path
    argument: str


def place(folder: Path, account: Account) -> Place:
    """Return an address of `folder` that the account can use.

    It cannot follow a path below a folder closed to it (root's home), but it can use a working folder opened before:
    on Linux /proc/self/cwd.
    """
    if account.reaches(folder):
        return Place(folder, str(folder))
    if sys.platform.startswith("linux"):
        return Place(folder, "/proc/self/cwd")
    raise Failure(
        f"数据库用户无法进入数据目录，请用 --data 换一个位置（PostgreSQL's user cannot enter {folder}; choose another --data）"
    )


def is_created(folder: Path) -> bool:
    """Return whether the folder contains a complete cluster."""
    return (folder / "PG_VERSION").exists()


def identifier(folder: Path) -> str:
    """Return what tells a cluster from all others, also from its successor in the same folder (system identifier, pg_control.h)."""
    with (folder / "global" / "pg_control").open("rb") as control:
        return str(int.from_bytes(control.read(8), sys.byteorder))


def create(folder: Path, account: Account, programs: Path, *, durable: bool) -> None:
    """Run initdb beside `folder` and rename the result, so that an interrupted creation leaves nothing incomplete.

    The built-in C.UTF-8 provider sorts identically on every machine; with the UTF-8 character type pg_trgm recognises
    Chinese characters. Raises Failure.
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
    """Return the message for a failure that PostgreSQL's output describes, if it is a known one."""
    if "No space left on device" in output:
        return "磁盘已满，数据库无法写入（disk full: free some space and try again）"
    if "incompatible with server" in output:
        return "数据目录由另一个版本的 PostgreSQL 建立（the data folder was made by another PostgreSQL version: use another --data）"
    if "before configured recovery target was reached" in output:
        return (
            "日志归档中没有那个时间之后的记录，可以恢复到更早的时间"
            "（the archived log ends before that time: choose an earlier one）"
        )
    return None


def _utf8_locale() -> str:
    """Return a locale of this machine with a UTF-8 character type."""
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
