"""The embedded database server as a supervised process."""

from pathlib import Path

from jiuye.runtime.postgres import Server


class Postgres:
    """The embedded server, as a process of the supervisor."""

    name = "postgres"

    def __init__(self, server: Server, log: Path) -> None:
        self._server = server
        self.log = log

    @property
    def pid(self) -> int | None:
        """The process id of the server's first process while it runs, else None."""
        return self._server.process.pid if self._server.process else None

    def start(self) -> None:
        """Start it and wait until it accepts connections."""
        self._server.start()

    def ended(self) -> str | None:
        """Return how it ended, or None while it runs."""
        process = self._server.process
        if process is None:
            return "not started"
        code = process.poll()
        if code is None:
            return None
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def stop(self) -> None:
        """Shut it down cleanly."""
        self._server.stop()
