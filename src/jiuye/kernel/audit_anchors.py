"""Anchors of the audit log: heads of its hash chain, kept outside the database.

Somebody who may do everything in the database can cut the chain, compute it again or restore an older dump, and it fits together. It no
longer fits the anchors. They are lines of JSON in files that only grow (`AUDIT_ANCHORS`, one file a month, each line on the disk before
the next); they should be on a machine whose administrators are not those of the database. Source: GB/T 22239-2019 §8.1.4.3, §8.1.5.4.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson
import structlog
from django.conf import settings

from jiuye.kernel import clock
from jiuye.kernel.models import AuditSeal

log = structlog.get_logger("audit")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head of the chain. `restored`: why the database was restored to it from a backup; empty for all others."""

    position: int
    digest: str
    at: datetime
    restored: str = ""

    def __str__(self) -> str:
        return f"{self.position}:{self.digest}"


@dataclass(frozen=True, slots=True)
class Kept:
    """All anchors in the order in which they were written, and how many lines cannot be read."""

    anchors: tuple[Anchor, ...]
    damaged: int


def keep() -> Anchor | None:
    """Write the head of the chain if the newest anchor is another. Return it; None if there was nothing to write.

    Raises OSError if the folder cannot be written; what was sealed is then anchored the next time.
    """
    anchor = head()
    if anchor is None:
        return None
    newest = _newest()
    if newest and (newest.position, newest.digest) == (anchor.position, anchor.digest):
        return None
    _append(anchor)
    return anchor


def accept_restoration(reason: str) -> Anchor:
    """Write that the database was restored from a backup to its present head: anchors of later positions written so far are no fault.

    Raises ValueError without a reason or with an empty chain.
    """
    anchor = head()
    if anchor is None or not reason.strip():
        raise ValueError("a reason and a sealed audit log are needed")
    restored = Anchor(anchor.position, anchor.digest, clock.now(), reason.strip())
    _append(restored)
    return restored


def head() -> Anchor | None:
    """Return the newest seal of the database as an anchor. One query."""
    seal = AuditSeal.objects.order_by("-position").first()
    return Anchor(seal.position, seal.digest, clock.now()) if seal else None


def kept() -> Kept:
    """Read all anchors. Raises OSError."""
    anchors: list[Anchor] = []
    damaged = 0
    for path in _files():
        for line in path.read_bytes().splitlines():
            anchor = _read(line)
            if anchor:
                anchors.append(anchor)
            else:
                damaged += bool(line.strip())
    return Kept(tuple(anchors), damaged)


def _files() -> list[Path]:
    return sorted(_folder().glob("audit-*.jsonl"))


def _folder() -> Path:
    return Path(settings.AUDIT_ANCHORS)


def _newest() -> Anchor | None:
    """The last anchor that can be read, without reading older files."""
    for path in reversed(_files()):
        for line in reversed(path.read_bytes().splitlines()):
            anchor = _read(line)
            if anchor:
                return anchor
    return None


def _append(anchor: Anchor) -> None:
    """Add a line, on a line of its own even if the last writer was killed within its own."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"audit-{anchor.at.astimezone(clock.SHANGHAI):%Y-%m}.jsonl"
    line = orjson.dumps(
        {"at": anchor.at.isoformat(), "position": anchor.position, "digest": anchor.digest}
        | ({"restored": anchor.restored} if anchor.restored else {})
    )
    is_new = not path.exists()
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(number, (b"" if is_new or _ends_in_newline(path) else b"\n") + line + b"\n")
        os.fsync(number)
    finally:
        os.close(number)
    if is_new:
        _sync_folder(folder)
    log.info("audit anchored", position=anchor.position, digest=anchor.digest)


def _ends_in_newline(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - 1, 0))
        return size == 0 or file.read(1) == b"\n"


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _read(line: bytes) -> Anchor | None:
    try:
        told = orjson.loads(line)
        return Anchor(
            int(told["position"]),
            str(told["digest"]),
            datetime.fromisoformat(told["at"]),
            str(told.get("restored", "")),
        )
    except (ValueError, KeyError, TypeError):
        return None


def still_valid(anchors: tuple[Anchor, ...]) -> Iterator[Anchor]:
    """Leave out anchors of positions that an accepted restoration gave up."""
    limit: int | None = None
    for anchor in reversed(anchors):
        if limit is None or anchor.position <= limit:
            yield anchor
        if anchor.restored:
            limit = anchor.position if limit is None else min(limit, anchor.position)
