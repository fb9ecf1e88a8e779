"""An installation of a test: its data folder and the address of its database."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from jiuye.runtime.backup import facts, tools
from jiuye.runtime.command_line import main
from jiuye.runtime.data_folder import DataFolder


@dataclass(frozen=True)
class Installation:
    """`dsn`: empty for one on the embedded server."""

    data: DataFolder
    dsn: str = ""

    @contextmanager
    def used(self, **settings: str) -> Iterator[None]:
        """Commands within the block work on this installation, with these settings."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DATABASE_URL", self.dsn) if self.dsn else patch.delenv("DATABASE_URL", raising=False)
            for name, value in settings.items():
                patch.setenv(name, value)
            yield

    def run(self, command: str, *arguments: str | Path, **settings: str) -> int:
        """Run a command of the launcher on it. Return its exit code."""
        with self.used(**settings):
            return main([command, "--data", str(self.data.path), *map(str, arguments)])

    def manage(self, *command: str) -> str:
        """What a Django command says."""
        return tools.django(self.data, self.dsn, *command)

    @contextmanager
    def address(self) -> Iterator[str]:
        """The address of its running database; an embedded one runs for the length of the block."""
        if self.dsn:
            yield self.dsn
            return
        server = self.data.server()
        server.start()
        try:
            yield server.dsn()
        finally:
            server.stop()

    def tables(self) -> dict[str, tuple[int, str]]:
        """Rows and checksum of every table."""
        with self.address() as dsn, psycopg.connect(dsn, autocommit=True) as connection:
            facts.begin(connection)
            return facts.contents(connection).tables

    def files(self) -> dict[str, str]:
        """The digest of every file, by its path."""
        root = self.data.path / "files"
        found = [path for path in root.rglob("*") if path.is_file()]
        return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}
