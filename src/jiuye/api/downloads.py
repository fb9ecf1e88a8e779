"""Large files as answers: streamed from the storage, with ranges (RFC 9110 §14), by few threads at a time."""

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import IO, ClassVar

from django.core.files.storage import default_storage
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from jiuye.kernel.errors import NotFound, ProductError, Unavailable
from jiuye.kernel.sealed_files import reached

MOST_AT_ONCE = 1
"""Of the threads of a web process (`runtime.up.web_command`). A receiver that reads slowly, or not at all, holds its thread: it
keeps others from downloading, and nobody from anything else.
"""
_BLOCK = 256 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_GONE = "这个文件已被更新的替换，请从 GET /api/v1/snapshots/latest 取最新的。"


class RangeNotSatisfiable(ProductError):
    """The range begins behind the end of the file."""

    code = "range_not_satisfiable"
    status = 416

    def __init__(self, size: int) -> None:
        super().__init__(f"这个文件只有 {size} 字节，请求的范围不在其中。")


@dataclass(frozen=True, slots=True)
class Download:
    """A file in the storage as it is sent: `size` and `tag` (a strong entity tag) are those of the content sent."""

    key: str
    size: int
    tag: str
    modified: datetime
    content_type: str
    encoding: str = ""
    has_ranges: bool = False
    is_unpacked: bool = False
    """The file is gzip, and its content is sent."""


def answer(request: HttpRequest, wanted: Download) -> HttpResponseBase:
    """Answer with a file or a range of it, or 304. Raises `NotFound`, `RangeNotSatisfiable`, and `Unavailable` while
    `MOST_AT_ONCE` are downloading.
    """
    start, end = _range(request, wanted) if wanted.has_ranges else (0, wanted.size)
    is_part = (start, end) != (0, wanted.size)
    response = StreamingHttpResponse(
        status=206 if is_part else 200, content_type=wanted.content_type, headers=_headers(wanted, end - start)
    )
    if is_part:
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{wanted.size}"
    modified = int(wanted.modified.timestamp())
    if not is_part:
        unchanged = get_conditional_response(request, etag=wanted.tag, last_modified=modified)
        if unchanged is not None:
            unchanged.headers["ETag"] = wanted.tag
            return unchanged
    read = _unpacked if wanted.is_unpacked else lambda file: _part(file, start, end)
    response.streaming_content = _Sending(wanted.key, read)
    return response


def _headers(wanted: Download, length: int) -> dict[str, str]:
    headers = {
        "ETag": wanted.tag,
        "Last-Modified": http_date(wanted.modified.timestamp()),
        "Content-Length": str(length),
        "Cache-Control": "public, max-age=3600",
        "Accept-Ranges": "bytes" if wanted.has_ranges else "none",
        "Vary": "Accept-Encoding, Authorization",
    }
    return headers | ({"Content-Encoding": wanted.encoding} if wanted.encoding else {})


def _range(request: HttpRequest, wanted: Download) -> tuple[int, int]:
    """Return first and last byte (exclusive) that the request asks for; all for several ranges, and for one of an older file."""
    found = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if found is None or found[0] == "bytes=-" or request.headers.get("If-Range", wanted.tag) != wanted.tag:
        return 0, wanted.size
    if not found[1]:
        start, end = max(0, wanted.size - int(found[2])), wanted.size
    else:
        start, end = int(found[1]), min(int(found[2] or wanted.size) + 1, wanted.size)
    if start >= wanted.size or start >= end:
        raise RangeNotSatisfiable(wanted.size)
    return start, end


class _Sending(Iterator[bytes]):
    """The blocks of a file while it is sent, and its place among the downloads of this process."""

    _all: "ClassVar[set[_Sending]]" = set()
    _lock = Lock()

    def __init__(self, key: str, read: Callable[[IO[bytes]], Iterator[bytes]]) -> None:
        with self._lock:
            if len(self._all) >= MOST_AT_ONCE:
                raise Unavailable("正在下载的人太多，请稍后再试。", retry_after=10)
            self._all.add(self)
        try:
            with reached():
                self._file: IO[bytes] = default_storage.open(key)
        except FileNotFoundError:
            self._leave()
            raise NotFound(_GONE) from None
        except Exception:
            self._leave()
            raise
        self._blocks = read(self._file)

    def __next__(self) -> bytes:
        try:
            return next(self._blocks)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file and give the place back; the server calls it when the response ends or its receiver has gone."""
        self._file.close()
        self._leave()

    def _leave(self) -> None:
        with self._lock:
            self._all.discard(self)


def _part(file: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    file.seek(start)
    while start < end and (block := file.read(min(_BLOCK, end - start))):
        start += len(block)
        yield block


def _unpacked(file: IO[bytes]) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(31)
    while block := file.read(_BLOCK):
        while block:
            yield unpacking.decompress(block, _BLOCK * 4)
            block = unpacking.unconsumed_tail
    yield unpacking.flush()
