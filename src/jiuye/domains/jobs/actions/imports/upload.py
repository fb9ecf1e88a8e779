"""An uploaded sheet: keep it for reading, and choose what is read of it."""

import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.db import transaction

from jiuye.domains.jobs.actions.imports.access import editor_of, locked_batch
from jiuye.domains.jobs.actions.imports.reading import READING_TASK, defer
from jiuye.domains.jobs.models import ImportBatch
from jiuye.domains.jobs.sheets import limits
from jiuye.domains.jobs.sheets.kinds import kind_of
from jiuye.domains.jobs.sheets.refusals import SheetRefused
from jiuye.domains.jobs.sheets.survey import NO_HEADER
from jiuye.domains.jobs.states import ImportState
from jiuye.kernel import audit, clock, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.rate_limits import Limit

_PIECE = 1024 * 1024
SHEETS = Limit(
    "sheets",
    "上传职位表",
    "每家机构",
    240,
    3600,
    "一小时内最多上传 {most} 份职位表，请 {wait}后再传。职位多的可以合并到一份表里，一份最多 20 MB。",
)
"""Four a minute: each is opened and read in a process of its own, one after the other for an agency."""


def upload_sheet(actor: Actor, *, filename: str, content: IO[bytes]) -> UUID:
    """Store a sheet for import and have it read. Return the batch's id.

    Only the first bytes are looked at here. Raises Invalid on `file` for what is no sheet, RateLimited; what else is wrong with
    a file is told by its batch.
    """
    agency_id, person_id = editor_of(actor)
    SHEETS.hit(agency_id)
    with tempfile.TemporaryDirectory(prefix="jiuye-sheet-") as folder:
        path = Path(folder) / "sheet"
        try:
            digest = _copy(content, path)
            kind_of(path)
        except SheetRefused as refusal:
            raise Invalid({"file": refusal.message}) from refusal
        sheet = path.read_bytes()
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            agency_id=agency_id,
            created_by_id=person_id,
            upload_key=sealed_files.save("imports", sheet, "application/octet-stream"),
            filename=Path(filename).name[-200:] or "职位表",
            digest=digest,
            state=ImportState.READING,
            created_at=clock.now(),
        )
        defer(READING_TASK, batch)
        audit.record(actor, "import.upload", batch.id, digest=digest)
    return batch.id


def choose_worksheets(actor: Actor, batch_id: UUID, *, chosen: Mapping[str, int | None]) -> None:
    """Say which worksheets to import, and where each has its header: the row's number, `survey.NO_HEADER`, None as found.

    The sheet is read again if that differs from what was read. Raises NotFound, Refused once the import has started, and
    Invalid on `worksheets`.
    """
    with transaction.atomic():
        batch = locked_batch(actor, batch_id)
        if batch.state not in (ImportState.UPLOADED, ImportState.MAPPED) or not batch.upload_key:
            raise Refused("这次导入已经开始，不能再改。如需改动，请重新上传文件。", code="import_started")
        tables = {table["name"]: table for table in batch.worksheets}
        if not chosen or not chosen.keys() <= tables.keys():
            raise Invalid({"worksheets": "请至少选一张要导入的工作表"})
        batch.question = ""
        if any(_differs(table, chosen) for table in tables.values()):
            for name, row in chosen.items():
                tables[name]["chosen"] = row
            batch.state = ImportState.READING
            defer(READING_TASK, batch)
        batch.save(update_fields=["question", "worksheets", "state"])
        audit.record(actor, "import.choose", batch.id, worksheets=len(chosen))


def _differs(table: dict[str, Any], chosen: Mapping[str, int | None]) -> bool:
    """Return whether a worksheet is to be read otherwise than it was. Without a header, `header_rows` is empty."""
    if table["name"] not in chosen or not table["is_read"]:
        return table["is_read"] or table["name"] in chosen
    row = chosen[table["name"]]
    return row is not None and row not in (table["header_rows"] or [NO_HEADER])


def _copy(content: IO[bytes], path: Path) -> str:
    """Write the upload to disk, at most one byte over the limit. Return its SHA-256."""
    digest = hashlib.sha256()
    size = 0
    with path.open("wb") as file:
        while piece := content.read(_PIECE):
            size += len(piece)
            if size > limits.FILE_BYTES:
                raise SheetRefused("too_big")
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()
