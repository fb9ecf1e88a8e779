"""Snapshots: one NDJSON file with all public postings, and the position from which changes continue it.

First line `{"snapshot": {…}}`, then a posting a line as in `GET /api/v1/jobs/{id}`, last line `{"end": {"jobs": n}}`, so that a
reader notices a file that was cut.
"""

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol
from uuid import UUID

import orjson
import structlog
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from isal import isal_zlib

from jiuye.changes.models import FeedItem, FeedMark, Snapshot
from jiuye.changes.positions import Position, Reader
from jiuye.kernel import clock
from jiuye.kernel.errors import NotFound
from jiuye.kernel.ids import new_id

try:
    from compression import zstd  # type: ignore[import-not-found,unused-ignore]
except ImportError:
    from backports import zstd

log = structlog.get_logger("changes")
FOLDER = "snapshots"
KEPT = 3
ENDINGS = {"gzip": "gz", "zstd": "zst"}
"""Content coding → ending of the file."""
_ORPHAN_AFTER = timedelta(days=1)
_BLOCK = 1024 * 1024
# In CSV with quote and delimiter that JSON never contains, PostgreSQL sends each body as it is, and a newline.
_COPY = """
COPY (
    SELECT body FROM changes_feeditem
    WHERE kind = 'job' AND change = 'upsert' AND agency_id IS NULL AND test_client_id IS NULL ORDER BY position
) TO STDOUT WITH (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')
"""


class _Compressor(Protocol):
    def compress(self, data: bytes) -> bytes: ...
    def flush(self) -> bytes: ...


class _Sink:
    """One file of a snapshot while it is written."""

    def __init__(self, encoding: str, place: ExitStack) -> None:
        # Level 2 of igzip is four times as fast as zlib's level 1 and smaller; zstd's 3 is a tenth smaller than that.
        self._compressor: _Compressor = (
            isal_zlib.compressobj(2, isal_zlib.DEFLATED, 31) if encoding == "gzip" else zstd.ZstdCompressor(level=3)
        )
        self.encoding, self.size, self._hash = encoding, 0, hashlib.sha256()
        self.file = NamedTemporaryFile(dir=settings.DATA_DIR, prefix="snapshot-", delete=False)  # noqa: SIM115 - by `place`
        place.callback(Path(self.file.name).unlink, missing_ok=True)
        place.callback(self.file.close)

    def write(self, data: bytes) -> None:
        self._keep(self._compressor.compress(data))

    def save(self, name: str) -> dict[str, Any]:
        """Finish the file, move it into the storage, and return what the row says of it."""
        self._keep(self._compressor.flush())
        self.file.close()
        with _Moved(self.file.name) as content:
            key = default_storage.save(f"{FOLDER}/{name}.ndjson.{ENDINGS[self.encoding]}", content)
        return {"key": key, "size": self.size, "digest": self._hash.hexdigest()}

    def _keep(self, data: bytes) -> None:
        self.file.write(data)
        self._hash.update(data)
        self.size += len(data)


class _Moved(File):  # type: ignore[type-arg]
    """A finished file that a storage on this disk may move instead of copying it."""

    def __init__(self, path: str) -> None:
        super().__init__(Path(path).open("rb"), os.path.basename(path))  # noqa: SIM115 - closed with it
        self._path = path

    def temporary_file_path(self) -> str:
        """Where it is, as storages ask."""
        return self._path


def build() -> UUID:
    """Write a snapshot, and delete all but the newest `KEPT`. Return its id.

    One transaction reads everything as of its position; rows go from PostgreSQL to the files in blocks, so memory does not
    grow with their number. About 40 s for a million postings.
    """
    row = Snapshot(id=new_id(), created_at=clock.real_now())
    with ExitStack() as place:
        sinks = [_Sink(encoding, place) for encoding in ENDINGS]
        threads = place.enter_context(ThreadPoolExecutor(len(sinks) + 1))
        digest, row.size = hashlib.sha256(), 0
        for block in _blocks(row):
            row.size += len(block)
            list(threads.map(lambda write, data=block: write(data), [digest.update, *(one.write for one in sinks)]))
        row.digest = digest.hexdigest()
        row.files = {one.encoding: one.save(str(row.id)) for one in sinks}
    row.save(force_insert=True)
    log.info("snapshot written", jobs=row.jobs, bytes=row.size)
    _forget_old()
    return row.id


def _blocks(row: Snapshot) -> Iterator[bytes]:
    """Yield the content in blocks of about a megabyte, and set the row's position and number of postings."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        row.position = FeedMark.objects.filter(pk=1).values_list("position", flat=True).first() or 0
        everybody = FeedItem.objects.filter(agency_id=None, test_client_id=None)
        row.jobs = everybody.filter(kind="job", change="upsert").count()
        held, size = [orjson.dumps({"snapshot": _header(row)}) + b"\n"], 0
        with cursor.cursor.copy(_COPY) as copy:
            for data in copy:
                held.append(bytes(data))
                size += len(data)
                if size >= _BLOCK:
                    yield b"".join(held)
                    held, size = [], 0
        yield b"".join([*held, orjson.dumps({"end": {"jobs": row.jobs}}), b"\n"])


def _header(row: Snapshot) -> dict[str, Any]:
    return {
        "id": row.id,
        "position": position_of(row),
        "jobs": row.jobs,
        "created_at": row.created_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "source": "就业在线",
        "licence": f"{settings.SITE_URL}/api/v1/docs#licence",
    }


def position_of(row: Snapshot) -> str:
    """Return the position for `GET /changes`: of a reader that has the postings, and nothing else yet."""
    return Position().advance(frozenset({"job"}), row.position).text(Reader())


def latest() -> Snapshot:
    """Return the newest snapshot. One query. Raises `NotFound` before there is one."""
    found = Snapshot.objects.order_by("-created_at", "-id").first()
    if found is None:
        raise NotFound("还没有快照，第一个正在生成，请几分钟后再来；也可以不带 after 从头读取 /api/v1/changes。")
    return found


def get(snapshot_id: UUID) -> Snapshot:
    """Return a snapshot. One query. Raises `NotFound` for one that was never there or is deleted."""
    found = Snapshot.objects.filter(pk=snapshot_id).first()
    if found is None:
        raise NotFound("这个快照已被更新的替换，请从 GET /api/v1/snapshots/latest 取最新的。")
    return found


def is_due() -> bool:
    """Return whether something has changed since the newest snapshot, or there is none. Two queries."""
    newest = Snapshot.objects.order_by("-created_at", "-id").values_list("position", flat=True).first()
    last = FeedMark.objects.filter(pk=1).values_list("position", flat=True).first()
    return newest is None or newest != (last or 0)


def _forget_old() -> None:
    """Delete snapshots after the newest `KEPT` with their files, and files without a row, as a killed run leaves them."""
    for row in Snapshot.objects.order_by("-created_at", "-id")[KEPT:]:
        row.delete()
        for file in row.files.values():
            default_storage.delete(file["key"])
    named = {file["key"] for files in Snapshot.objects.values_list("files", flat=True) for file in files.values()}
    for name in default_storage.listdir(FOLDER)[1]:
        key = f"{FOLDER}/{name}"
        if key not in named and _is_old(key):
            default_storage.delete(key)


def _is_old(key: str) -> bool:
    modified: datetime = default_storage.get_modified_time(key)
    return modified < clock.real_now() - _ORPHAN_AFTER
