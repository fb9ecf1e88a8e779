"""Snapshots of the public postings."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router, Schema
from pydantic import Field

from jiuye.api import downloads
from jiuye.api.access import anybody_or_client
from jiuye.api.downloads import Download
from jiuye.api.problems import Problem
from jiuye.api.v1 import answers
from jiuye.changes import snapshots
from jiuye.changes.snapshots import Snapshot
from jiuye.domains.clients.states import Scope
from jiuye.kernel import worlds
from jiuye.kernel.access import access
from jiuye.kernel.errors import NotFound
from jiuye.kernel.http import compression

router = Router(tags=["snapshots"])
_READ = anybody_or_client(Scope.CHANGES_READ)
_DOWNLOAD = anybody_or_client(Scope.CHANGES_READ, is_export=True)
_REFUSALS = {401: Problem, 403: Problem, 404: Problem, 429: Problem}
_MEDIA_TYPES = {"gzip": "application/gzip", "zstd": "application/zstd"}
_NDJSON = "application/x-ndjson"
_FORMAT = (
    'NDJSON：第一行 {"snapshot": {…}}，其中 position 是读取 /changes 的起点；以后每行一个职位，与 GET /jobs/{id} 相同；'
    '最后一行 {"end": {"jobs": n}}，没有它就没有下载完整。'
)


class SnapshotFile(Schema):
    """A compressed file of a snapshot."""

    encoding: str = Field(description="gzip 或 zstd。")
    url: str
    size: int = Field(description="字节。")
    sha256: str


class SnapshotFacts(Schema):
    """A snapshot: where it is, and where changes continue it."""

    id: UUID
    created_at: datetime
    position: str = Field(description="读完快照后，从这里读 GET /changes。")
    jobs: int
    url: str = Field(description="按 Accept-Encoding 给出 zstd、gzip 或不压缩的内容。")
    size: int = Field(description="未压缩时的字节数。")
    sha256: str = Field(description="未压缩内容的。")
    files: list[SnapshotFile] = Field(description="压缩文件，可以断点续传（Range）。")
    licence: answers.Licence
    source: str


@router.get(
    "/snapshots/latest",
    summary="最新快照",
    description="全部在招职位在某一时刻的副本：先下载快照，再从其中的 position 读取变更。每小时更新，旧的保留两个。",
    operation_id="readLatestSnapshot",
    response={200: SnapshotFacts, **_REFUSALS},
)
@access(_READ)
def read_latest_snapshot(request: HttpRequest) -> HttpResponseBase:
    """The newest snapshot: position, size, files. 404 before there is one, and for test data."""
    _refuse_test_data()
    row = snapshots.latest()
    address = f"{settings.SITE_URL}/api/v1/snapshots/{row.id}.ndjson"
    content = {
        "id": row.id,
        "created_at": row.created_at,
        "position": snapshots.position_of(row),
        "jobs": row.jobs,
        "url": address,
        "size": row.size,
        "sha256": row.digest,
        "files": [
            {
                "encoding": encoding,
                "url": f"{address}.{snapshots.ENDINGS[encoding]}",
                "size": file["size"],
                "sha256": file["digest"],
            }
            for encoding, file in row.files.items()
        ],
        "licence": answers.licence(),
        "source": answers.SOURCE,
    }
    return answers.one(request, content)


@router.get(
    "/snapshots/{uuid:snapshot_id}.ndjson",
    summary="下载快照",
    description=f"{_FORMAT}按 Accept-Encoding 压缩。",
    operation_id="downloadSnapshot",
    response={200: None, 503: Problem, **_REFUSALS},
)
@access(_DOWNLOAD)
def download_snapshot(request: HttpRequest, snapshot_id: UUID) -> HttpResponseBase:
    """The snapshot as NDJSON, in the best content coding that the client accepts."""
    _refuse_test_data()
    row = snapshots.get(snapshot_id)
    accepted = request.headers.get("Accept-Encoding", "")
    for encoding in ("zstd", "gzip"):
        if compression.accepts(accepted, encoding):
            return downloads.answer(request, replace(_file(row, encoding), content_type=_NDJSON, encoding=encoding))
    unpacked = replace(
        _file(row, "gzip"), size=row.size, tag=f'"{row.digest[:40]}"', content_type=_NDJSON, is_unpacked=True
    )
    return downloads.answer(request, unpacked)


@router.get(
    "/snapshots/{uuid:snapshot_id}.ndjson.gz",
    summary="下载快照（gzip 文件）",
    description=f"{_FORMAT}可以断点续传（Range）。",
    operation_id="downloadSnapshotAsGzip",
    response={200: None, 206: None, 416: Problem, 503: Problem, **_REFUSALS},
)
@access(_DOWNLOAD)
def download_snapshot_gzip(request: HttpRequest, snapshot_id: UUID) -> HttpResponseBase:
    """The snapshot as a gzip file; ranges can be read."""
    _refuse_test_data()
    return downloads.answer(request, replace(_file(snapshots.get(snapshot_id), "gzip"), has_ranges=True))


@router.get(
    "/snapshots/{uuid:snapshot_id}.ndjson.zst",
    summary="下载快照（zstd 文件）",
    description=f"{_FORMAT}可以断点续传（Range）。",
    operation_id="downloadSnapshotAsZstd",
    response={200: None, 206: None, 416: Problem, 503: Problem, **_REFUSALS},
)
@access(_DOWNLOAD)
def download_snapshot_zstd(request: HttpRequest, snapshot_id: UUID) -> HttpResponseBase:
    """The snapshot as a Zstandard file (RFC 8878); ranges can be read."""
    _refuse_test_data()
    return downloads.answer(request, replace(_file(snapshots.get(snapshot_id), "zstd"), has_ranges=True))


def _file(row: Snapshot, encoding: str) -> Download:
    file = row.files[encoding]
    tag = f'"{file["digest"][:40]}"'
    return Download(file["key"], file["size"], tag, row.created_at, _MEDIA_TYPES[encoding])


def _refuse_test_data() -> None:
    if worlds.is_test():
        raise NotFound("测试数据没有快照：请不带 after 从头读取 /api/v1/changes，结果相同。")
