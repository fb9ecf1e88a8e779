"""`./jiuye up` on a folder of its own, and the process groups that it supervises."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.fingerprints import REPOSITORY

HOST = "127.0.0.1"
KINDS = ("web", "worker", "imports", "sandbox", "postgres")
_PATIENCE = 900.0  # a limit for a busy machine, not a measure
_LIMITS = ("API_REQUESTS", "CHANNEL_REQUESTS", "CLIENT_WRITES", "API_EXPORTS")
_UNLIMITED = {f"{name}_PER_MINUTE": "10000000" for name in _LIMITS}


@dataclass
class Site:
    """A running platform: its addresses, its folder, and what was killed."""

    port: int
    data: DataFolder
    process: "subprocess.Popen[bytes]"
    kills: Counter[str] = field(default_factory=Counter)

    @property
    def origin(self) -> str:
        """The address of the site; the sandbox has the next port."""
        return f"http://{HOST}:{self.port}"

    def is_ready(self) -> bool:
        """Return whether the site answers and has its database."""
        try:
            return httpx.get(f"{self.origin}/readyz", timeout=5).is_success
        except httpx.TransportError:
            return False

    def await_ready(self, seconds: float = _PATIENCE) -> float:
        """Wait until the site is ready. Return the seconds. Raises SystemExit."""
        began = time.monotonic()
        while not self.is_ready():
            if time.monotonic() - began > seconds or self.process.poll() is not None:
                raise SystemExit(f"the platform is not ready after {seconds:.0f} s; logs: {self.data.logs}")
            time.sleep(0.1)
        return time.monotonic() - began

    def roots(self) -> dict[str, psutil.Process]:
        """Return the first process of each supervised program that runs now."""
        found: dict[str, psutil.Process] = {}
        for child in psutil.Process(self.process.pid).children():
            try:
                kind = _kind(child)
            except psutil.Error:
                continue
            if kind:
                found[kind] = child
        return found

    def kill(self, kind: str, way: str) -> bool:
        """kill -9. `way`: `whole` the group with all its processes, `first` its first process, `child` one child. False if
        it does not run.
        """
        root = self.roots().get(kind)
        if root is None:
            return False
        try:
            below = root.children(recursive=True)
            victims = {"whole": [root, *below], "first": [root], "child": below[-1:] or [root]}[way]
            for victim in victims:
                victim.send_signal(signal.SIGKILL)
        except psutil.Error:
            return False
        self.kills[kind] += 1
        return True


def _kind(process: psutil.Process) -> str:
    command = process.cmdline()
    if process.status() == psutil.STATUS_ZOMBIE:
        return ""
    if "granian" in command:
        return "web"
    if "jiuye.worker" in command:
        return "imports" if command[-1] == "imports" else "worker"
    if "jiuye.sandbox" in command:
        return "sandbox"
    return "postgres" if command and command[0].endswith("/postgres") else ""


def _surroundings() -> dict[str, str]:
    """Return our environment without what names another database or folder, as that of the tests does."""
    return {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATA_DIR")}


@contextmanager
def running(folder: Path, port: int, environment: Mapping[str, str]) -> Iterator[Site]:
    """Run the platform, empty, on this folder within the block."""
    log = (folder / "up.log").open("ab")
    command = [sys.executable, "-m", "jiuye.runtime", "up", "--data", str(folder / "data"), "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--demo", "none"],
        cwd=REPOSITORY,
        env=_surroundings() | _UNLIMITED | dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    site = Site(port, DataFolder(folder / "data"), process)
    try:
        site.await_ready()
        while len(site.roots()) < len(KINDS):
            time.sleep(0.1)
        yield site
    finally:
        process.terminate()
        process.wait()
        log.close()
