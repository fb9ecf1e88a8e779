"""Build the styles, scripts and images that browsers load, if their sources have changed."""

import io
from pathlib import Path

from jiuye.runtime import fingerprints
from jiuye.runtime.locks import FileLock
from jiuye.runtime.processes import wait_until

_HOME = fingerprints.REPOSITORY / ".jiuye"
_STAMP = _HOME / "assets.stamp"


def are_built() -> bool:
    """Return whether the last build was made from the current sources."""
    return _read(_STAMP) == fingerprints.of_assets()


def build() -> None:
    """Build and collect the assets unless they are current. Needs Django to be set up. Concurrent runs take turns."""
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
