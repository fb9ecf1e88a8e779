"""Clean an uploaded file: what can be said at once is said here, the rest by a child process (`child`)."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from fcntl import LOCK_EX, LOCK_NB, flock
from threading import BoundedSemaphore
from time import monotonic, sleep
from typing import IO, Any

from django.conf import settings

from jiuye.kernel import confinement
from jiuye.kernel.errors import Unavailable
from jiuye.kernel.uploads.files import TOO_COMPLEX, Clean, Drawing, Unacceptable, display_name
from jiuye.kernel.uploads.headers import check_size

MOST_BYTES = 10 * 1024 * 1024
MEGABYTES, CPU_SECONDS, SECONDS = 448, 3, 20.0
"""What the child may use: a picture of the most pixels needs about half of it."""
_FORMATS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"RIFF": "WEBP"}
_CHILD = "jiuye.kernel.uploads.child"
_BUSY = "现在上传的人较多，这个文件还没有收下。您填的内容都在，请过几秒重新选择文件，再提交一次。"
_RETRY_AFTER = 5
_PATIENCE = 5.0
_GLANCE = 0.02
# Half the threads of a web process (`runtime.up`): the others go on answering pages.
_waiting = BoundedSemaphore(2)


def clean(
    file: IO[bytes],
    *,
    name: str,
    most_bytes: int = MOST_BYTES,
    drawing: Drawing | None = None,
    takes_pdf: bool = True,
) -> Clean:
    """Return a JPEG, PNG or WebP image of at most `MOST_PIXELS` (re-encoded as JPEG, see `Drawing`) or a PDF (at most 50 pages,
    unchanged).

    Read at most one byte more than `most_bytes`. Raise `Unacceptable` for everything else, and `kernel.errors.Unavailable`
    while too many other files are being opened.
    """
    content = file.read(most_bytes + 1)
    if not content:
        raise Unacceptable("这个文件是空的，请重新选择。")
    if len(content) > most_bytes:
        raise Unacceptable(f"文件太大，请不要超过 {most_bytes // 1024 // 1024} MB。图片可以压缩后再传。")
    if content.startswith(b"%PDF-"):
        if not takes_pdf:
            raise Unacceptable("这里只能放图片，不能放 PDF。请选择 JPG、PNG 或 WebP 图片。")
        _ask({"kind": "PDF"}, content)
        return Clean(content, "application/pdf", ".pdf", display_name(name, ".pdf"))
    for start, kind in _FORMATS.items():
        if content.startswith(start):
            check_size(content, kind)
            head, drawn = _ask({"kind": kind, "drawing": asdict(drawing or Drawing())}, content)
            return Clean(drawn, "image/jpeg", ".jpg", display_name(name, ".jpg"), head["width"], head["height"])
    kinds = "JPG、PNG、WebP 图片或 PDF 文件" if takes_pdf else "JPG、PNG、WebP 图片"
    raise Unacceptable(f"只能上传 {kinds}，请换一个文件。")


def _ask(order: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the child's answer: its head, and what follows it."""
    try:
        with _turn_of_this_process(), _turn_of_this_data_folder():
            answer = confinement.run(_CHILD, json.dumps(order).encode() + b"\n" + content, seconds=SECONDS)
    except confinement.ChildFailed as problem:
        raise Unacceptable(TOO_COMPLEX) from problem
    except OSError as problem:
        raise Unavailable(_BUSY, _RETRY_AFTER) from problem
    head, _, rest = answer.partition(b"\n")
    try:
        said = json.loads(head)
    except ValueError as problem:
        raise Unacceptable(TOO_COMPLEX) from problem
    if "refused" in said:
        raise Unacceptable(said["refused"])
    return said, rest


@contextmanager
def _turn_of_this_process() -> Iterator[None]:
    """Raises `Unavailable` at once if two threads of this process are here already."""
    if not _waiting.acquire(blocking=False):
        raise Unavailable(_BUSY, _RETRY_AFTER)
    try:
        yield
    finally:
        _waiting.release()


@contextmanager
def _turn_of_this_data_folder() -> Iterator[None]:
    """Wait until no other process with this data folder opens a file. Raises `Unavailable` after five seconds."""
    lock = os.open(settings.DATA_DIR, os.O_RDONLY)  # it is there, whatever the state of the disk
    try:
        _await(lock)
        yield
    finally:
        os.close(lock)


def _await(lock: int) -> None:
    until = monotonic() + _PATIENCE
    while True:
        try:
            return flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            if monotonic() > until:
                raise Unavailable(_BUSY, _RETRY_AFTER) from None
            sleep(_GLANCE)
