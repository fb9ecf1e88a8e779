"""Styles, scripts and pictures as the browser gets them, built when their sources changed."""

import io
from pathlib import Path

from jiuye.runtime import fingerprints
from jiuye.runtime.locks import FileLock
from jiuye.runtime.processes import wait_until

_HOME = fingerprints.REPOSITORY / ".jiuye"
_STAMP = _HOME / "assets.stamp"


def are_built() -> bool:
    """Whether what was built last is of the sources that are there now."""
    return _read(_STAMP) == fingerprints.of_assets()


def build() -> None:
    """Build and collect, unless that is done. Needs Django to be set up; runs on the same repository take turns."""
    from django.core.management import call_command

    lock = FileLock(_HOME / "assets.lock")
    wait_until(lock.acquire, seconds=120.0)
    with lock:
        wanted = fingerprints.of_assets()
        if _read(_STAMP) == wanted:
            return
        call_command("build_assets", verbosity=0, stdout=io.StringIO())
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        _STAMP.write_text(wanted)


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
