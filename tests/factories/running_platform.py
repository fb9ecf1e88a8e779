"""The whole platform as `up` starts it, for tests that kill parts of it."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

import psutil

from jiuye.runtime.fingerprints import REPOSITORY
from jiuye.runtime.processes import wait_until

PATIENCE = 300.0
FOREIGN = ("DATABASE_URL", "JIUYE_ENV", "DATA_DIR", "SITE_URL", "SANDBOX_URL")


@dataclass(frozen=True)
class Answer:
    """An answer of the site; `status` 0: none, the connection was refused or closed."""

    status: int
    headers: Message = field(default_factory=Message)
    text: str = ""


class Platform:
    """One run of `up` on a data folder. `within` is a command that runs the rest of its line."""

    def __init__(self, data: Path, *, output: Path | None = None, within: Sequence[str] = ()) -> None:
        self.data = data
        self.port = free_pair()
        environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        self.output = output or data.with_suffix(".out")
        command = [sys.executable, *f"-m jiuye.runtime up --demo none --port {self.port} --data".split(), str(data)]
        with self.output.open("wb") as to:
            self.process = subprocess.Popen(
                [*within, *command], env=environment, cwd=REPOSITORY, stdout=to, stderr=to, stdin=subprocess.DEVNULL
            )

    def wait_until_ready(self) -> None:
        is_settled = wait_until(lambda: self.is_announced() or self.process.poll() is not None, seconds=PATIENCE)
        assert is_settled, self.told()
        assert self.process.poll() is None, self.told()

    def is_announced(self) -> bool:
        return f"127.0.0.1:{self.port}" in self.told()

    def told(self) -> str:
        """Return what it printed."""
        return self.output.read_text()

    def status(self, path: str) -> int:
        return self.ask(path).status

    def ask(self, path: str, body: str | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        """GET `path`, or POST a form's `body` as a browser does from a page of the site."""
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"} if body else {}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET" if body is None else "POST", path, body, {**kind, **(headers or {})})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode(errors="replace"))
        except (ConnectionError, http.client.HTTPException):
            return Answer(0)
        finally:
            connection.close()

    def everything(self) -> list[psutil.Process]:
        """Return all of its processes, PostgreSQL's included."""
        supervisor = psutil.Process(self.process.pid)
        return [supervisor, *supervisor.children(recursive=True)]

    def process_of(self, *words: str) -> psutil.Process:
        """Return the child of the supervisor whose command has these words."""
        children = psutil.Process(self.process.pid).children()
        return next(one for one in children if all(word in one.cmdline() for word in words))

    def postgres(self) -> psutil.Process:
        """Return the database server's first process; waits for one that is being started again."""
        found: list[psutil.Process] = []

        def look() -> bool:
            with contextlib.suppress(psutil.Error):
                children = psutil.Process(self.process.pid).children()
                found.extend(one for one in children if one.name() == "postgres")
            return bool(found)

        assert wait_until(look, seconds=PATIENCE)
        return found[0]


def free_pair() -> int:
    """Return a free port with a free one after it."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as first:
            port = int(first.getsockname()[1])
            try:
                socket.create_server(("127.0.0.1", port + 1)).close()
            except OSError:
                continue
            return port
