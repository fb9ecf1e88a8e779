"""The files of an index: generations, the pointer to the current one, locks.

<directory>/current                  name of the current generation, replaced by rename
<directory>/<schema>-<born>-<hex>/   a generation: a Tantivy index; the name has its schema and creation time (seconds)
<directory>/writer.lock              held by a process while it changes the index
<directory>/rebuild.lock             held by a process while it rebuilds the index
<directory>/changes.log              during a rebuild: ids changed in the old generation since its start
"""

import fcntl
import json
import os
import secrets
import shutil
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from jiuye.kernel import clock

_FOOTER_MAGIC = 1337
_PARTS = ("fast", "fieldnorm", "idx", "pos", "store", "term")
_GRACE = 10.0
_CHUNK = 1 << 20


class Generations:
    """The generations in `directory` for a `schema` version."""

    def __init__(self, directory: Path, schema: str) -> None:
        self.directory = directory
        self.schema = schema

    def current(self) -> str:
        """Return the name of the current generation; empty if there is none."""
        try:
            name = (self.directory / "current").read_text().strip()
        except (OSError, UnicodeDecodeError):
            return ""
        return name if name and "/" not in name and not name.startswith(".") else ""

    def path(self, name: str) -> Path:
        return self.directory / name

    def fresh(self) -> str:
        """Create the folder of a new generation and return its name."""
        name = f"{self.schema}-{int(clock.now().timestamp())}-{secrets.token_hex(3)}"
        self.path(name).mkdir(parents=True)
        return name

    def switch(self, name: str) -> None:
        """Make `name` the current generation, atomically and durably."""
        _replace(self.directory / "current", name)

    def sweep(self) -> None:
        """Delete generations that no reader needs any more. The caller holds the rebuild lock, so none is being built.

        Readers check the pointer every 0.2 seconds and keep their files mapped; the grace period protects a reader that is
        just opening a generation.
        """
        current = self.current()
        try:
            switched = (self.directory / "current").stat().st_mtime
        except OSError:
            switched = 0.0
        if time.time() - switched < _GRACE:
            return
        for path in self.directory.iterdir():
            if path.is_dir() and path.name != current and _born(path.name):
                shutil.rmtree(path, ignore_errors=True)

    def mark(self, name: str) -> int:
        """Return the mark of the generation's last commit; 0 if there is none."""
        try:
            return int(self.path(name).joinpath("mark").read_text())
        except (OSError, ValueError):
            return 0

    def set_mark(self, name: str, mark: int) -> None:
        _replace(self.path(name) / "mark", str(mark))

    # The log of changes in the old generation during a rebuild.
    def start_log(self) -> None:
        (self.directory / "changes.log").write_text("")

    def log(self, ids: Sequence[UUID]) -> None:
        """Log changed ids if a rebuild is running."""
        path = self.directory / "changes.log"
        if ids and path.exists():
            with path.open("a") as file:
                file.write("".join(f"{changed.hex}\n" for changed in ids))
                file.flush()
                os.fsync(file.fileno())

    def end_log(self) -> list[UUID]:
        """Return the logged ids, each once, and delete the log."""
        path = self.directory / "changes.log"
        ids = [UUID(line) for line in path.read_text().split() if len(line) == 32] if path.exists() else []
        path.unlink(missing_ok=True)
        return list(dict.fromkeys(ids))

    @contextmanager
    def lock(self, name: str, wait: float = 0.0) -> Iterator[bool]:
        """Hold `<name>.lock` across processes. Yield False if another process holds it for longer than `wait` seconds. The
        operating system releases the lock when its holder dies."""
        self.directory.mkdir(parents=True, exist_ok=True)
        with (self.directory / f"{name}.lock").open("w") as file:
            until = time.monotonic() + wait
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    if time.monotonic() >= until:
                        yield False
                        return
                    time.sleep(0.02)
                    continue
                yield True
                return


def _replace(path: Path, text: str) -> None:
    """Write a small file atomically and durably."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with draft.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def schema_of(name: str) -> str:
    """Return the schema version in a generation's name."""
    return name.rsplit("-", 2)[0]


def born_at(name: str) -> int:
    """Return when a generation was created, in seconds since 1970."""
    return _born(name) or 0


def _born(name: str) -> int | None:
    parts = name.rsplit("-", 2)
    return int(parts[1]) if len(parts) == 3 and parts[1].isdigit() else None


def damaged_file(path: Path, *, thorough: bool) -> str:
    """Return the name of a file of the generation that is missing or incomplete, or, if `thorough`, does not match its
    checksum; empty if there is none.

    Every data file of Tantivy ends with a JSON footer with the CRC-32 of everything before it, the length of the footer
    and a magic number. A commit meanwhile, which removes files, is no damage.
    """
    described = (path / "meta.json").read_text()
    while damaged := _damaged_segment(path, described, thorough):
        before, described = described, (path / "meta.json").read_text()
        if described == before:
            return damaged
    return ""


def _damaged_segment(path: Path, described: str, thorough: bool) -> str:
    for segment in json.loads(described)["segments"]:
        stem = segment["segment_id"].replace("-", "")
        for suffix in _PARTS:
            if not (path / f"{stem}.{suffix}").exists():
                return f"{stem}.{suffix}"
        for file in path.glob(f"{stem}*"):
            if not file.exists() or not _is_whole(file, thorough):
                return file.name
    return ""


def _is_whole(path: Path, thorough: bool) -> bool:
    size = path.stat().st_size
    with path.open("rb") as file:
        if size < 8:
            return False
        file.seek(size - 8)
        length = int.from_bytes(file.read(4), "little")
        magic = int.from_bytes(file.read(4), "little")
        if magic != _FOOTER_MAGIC or length + 8 > size:
            return False
        file.seek(size - 8 - length)
        expected = json.loads(file.read(length))["crc"]
        if not thorough:
            return True
        file.seek(0)
        left = size - 8 - length
        checksum = 0
        while left > 0:
            chunk = file.read(min(_CHUNK, left))
            if not chunk:
                return False
            checksum = zlib.crc32(chunk, checksum)
            left -= len(chunk)
    return checksum == int(expected)
