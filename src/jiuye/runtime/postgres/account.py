"""The user id that PostgreSQL runs as: ours, or an unprivileged one if we are root (PostgreSQL refuses root)."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiuye.runtime.failure import Failure

_CANDIDATES = ("nobody", "postgres", "daemon")  # initdb needs an id that has a name


@dataclass(frozen=True)
class Account:
    """User and group id of the server's processes; `dropped` if they differ from ours because we are root."""

    uid: int
    gid: int
    dropped: bool

    def spawn_options(self) -> dict[str, Any]:
        """Return arguments for `subprocess` that start a child as this account."""
        if not self.dropped:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, folder: Path) -> None:
        """Make the account the owner of a folder, and close it to everyone else."""
        folder.chmod(0o700)
        if self.dropped:
            os.chown(folder, self.uid, self.gid)

    def reaches(self, folder: Path) -> bool:
        """Return whether the account can enter the folder; a parent with mode 700, such as root's home, can prevent it."""
        if not self.dropped:
            return True
        entered = subprocess.run(
            ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            cwd="/",
            **self.spawn_options(),
        )
        return entered.returncode == 0


def choose(data: Path) -> Account:
    """Return the account for a server in the folder `data`, which may not exist yet.

    Raises Failure if the folder belongs to another user, or root finds no unprivileged user.
    """
    owner = data.stat().st_uid if data.exists() else None
    if os.geteuid() != 0:
        if owner not in (None, os.geteuid()):
            raise Failure(
                f"数据库目录属于其他用户，无法使用（{data} belongs to another user: run as that user or as root）"
            )
        return Account(os.geteuid(), os.getegid(), dropped=False)
    if owner:  # made by an earlier run: keep its owner
        try:
            return Account(owner, pwd.getpwuid(owner).pw_gid, dropped=True)
        except KeyError:
            pass
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_uid, entry.pw_gid, dropped=True)
    raise Failure(
        "以 root 运行时找不到可用的普通用户来启动数据库（no unprivileged user such as nobody exists for PostgreSQL）"
    )
