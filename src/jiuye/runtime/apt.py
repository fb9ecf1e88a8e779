"""Debian's packages that tests need, installed where that is allowed: by root, on a machine with apt."""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence

_INSTALL = ("apt-get", "install", "-y", "-q", "--no-install-recommends")
_UPDATE = ("apt-get", "update", "-q")
# Without a network it should say so soon, and not after minutes of tries.
_IMPATIENT = ("-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=20", "-o", "Acquire::https::Timeout=20")
_INSTALL_SECONDS, _UPDATE_SECONDS = 900.0, 300.0


def may_install() -> bool:
    """Return whether we may install packages."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(package: str, reason: str, tell: Callable[[str], None]) -> bool:
    """Install a package without asking anything. Return whether that succeeded."""
    tell(f"正在用 apt 安装 {package}…（installing {reason}）")
    if _succeeds([*_INSTALL, *_IMPATIENT, package], seconds=_INSTALL_SECONDS):
        return True
    _succeeds([*_UPDATE, *_IMPATIENT], seconds=_UPDATE_SECONDS)  # new machines have no package lists yet
    return _succeeds([*_INSTALL, *_IMPATIENT, package], seconds=_INSTALL_SECONDS)


def _succeeds(command: Sequence[str], *, seconds: float) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        outcome = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return outcome.returncode == 0
