"""Run an import in chunks, each one transaction with its checkpoint, so that a killed run loses nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from uuid import UUID

import structlog
from django.db import DataError, IntegrityError, transaction
from django.db.models import F

from jiuye.domains.jobs.actions.imports import kept_rows
from jiuye.domains.jobs.actions.imports.batches import Written, reject_unstorable, write_rows
from jiuye.domains.jobs.actions.imports.reading import RUNNING_TASK, defer
from jiuye.domains.jobs.bulk.sheet_rows import ReadRow, Sheet, read_row, sheet_of
from jiuye.domains.jobs.events import ImportFinished, ImportStarted
from jiuye.domains.jobs.models import ImportBatch, ImportRejection
from jiuye.domains.jobs.sheets.errors import RejectedRow, build_error_workbook
from jiuye.domains.jobs.sheets.parsed import Reason
from jiuye.domains.jobs.sheets.reading import SheetRow
from jiuye.domains.jobs.states import ImportState
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel import audit, clock, events, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.events import Delivered
from jiuye.kernel.memory import without_cycle_search
from jiuye.kernel.spreadsheets import CONTENT_TYPE

log = structlog.get_logger("import")

CHUNK_ROWS = 2000
_SUSPENDED = "本机构已被暂停服务，导入已停止。已经导入的职位不会丢失；服务恢复后再次上传，不会重复。"


@dataclass(frozen=True)
class _Run:
    """What stays the same between chunks."""

    batch_id: UUID
    actor: Actor
    sheet: Sheet


def run_started_import(event: ImportStarted, delivered: Delivered) -> None:
    """Queue a started import for the worker of imports: here other events wait. Twice is harmless."""
    with transaction.atomic():
        defer(RUNNING_TASK, ImportBatch.objects.only("agency_id").get(pk=event.batch_id))


def run_import(batch_id: UUID) -> None:
    """Import the remaining rows. After a crash it resumes at the checkpoint. Does nothing for a batch that is not running.

    Two runs of one batch are harmless: each chunk is written under a lock and only at its own position.
    """
    batch = ImportBatch.objects.filter(pk=batch_id, state=ImportState.RUNNING).first()
    if batch is None:
        return
    run = _run_of(batch)
    try:
        is_through = _import_rows(run, batch.file_key, batch.rows_done)
    except kept_rows.RowsLost:
        _fail(run, "保存的表格读不出来了，请重新上传。已经导入的职位不会丢失，再次导入也不会重复。")
        return
    if is_through:
        _finish(run)


def _run_of(batch: ImportBatch) -> _Run:
    started = batch.started_at or clock.now()
    return _Run(
        batch_id=batch.id,
        actor=Actor(batch.created_by_id, batch.agency_id, "agency", "recruiter"),
        sheet=sheet_of(batch, clock.local(started).date()),
    )


def _import_rows(run: _Run, key: str, done: int) -> bool:
    """Return False if another run of this batch has gone ahead."""
    with without_cycle_search():
        rows = islice(kept_rows.read(key), done, None)
        chunk = [read_row(run.sheet, row) for row in islice(rows, CHUNK_ROWS)]
        while chunk:
            following: list[ReadRow] = []
            parsing = _parse(run, list(islice(rows, CHUNK_ROWS)), following)
            if not _import_chunk(run, done, chunk, parsing):
                return False
            done += len(chunk)
            for _ in parsing:  # what was not parsed while the database was busy
                pass
            chunk = following
    return True


def _parse(run: _Run, rows: list[SheetRow], parsed: list[ReadRow]) -> Iterator[None]:
    """Parse a row with each step."""
    for row in rows:
        parsed.append(read_row(run.sheet, row))
        yield


def _import_chunk(run: _Run, position: int, rows: list[ReadRow], meanwhile: Iterator[object]) -> bool:
    """Write one chunk and its checkpoint. A row that the database refuses is found by halving and rejected alone.

    `meanwhile`: the parsing of the next chunk, which need not wait for the database.
    """
    try:
        return _write_chunk(run, position, rows, meanwhile)
    except (DataError, IntegrityError) as error:
        if len(rows) == 1:
            kind = type(error.__cause__ or error).__name__  # not its text, which quotes the row
            log.error("row refused by the database", batch=str(run.batch_id), row=rows[0][0].number, error=kind)
            return _write_chunk(run, position, [reject_unstorable(rows[0])], meanwhile)
        half = len(rows) // 2
        return _import_chunk(run, position, rows[:half], meanwhile) and _import_chunk(
            run, position + half, rows[half:], meanwhile
        )


def _write_chunk(run: _Run, position: int, rows: list[ReadRow], meanwhile: Iterator[object]) -> bool:
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update(of=("self",)).select_related("agency")
        batch = locked.defer("sample", "clear_sample").get(pk=run.batch_id)
        if batch.state != ImportState.RUNNING or batch.rows_done != position:
            return False
        standing = organisations.standing(batch.agency_id)
        if standing.is_suspended:
            _end(run, batch, ImportState.FAILED, failure=_SUSPENDED)
            return False
        written = write_rows(batch, replace(run.sheet, obstacle=standing.reason), rows, meanwhile)
        _count(batch, len(rows), written)
        events.publish(run.actor, *written.happened)
    return True


def _count(batch: ImportBatch, rows: int, written: Written) -> None:
    ImportBatch.objects.filter(pk=batch.pk).update(
        rows_done=F("rows_done") + rows,
        rows_created=F("rows_created") + written.created,
        rows_updated=F("rows_updated") + written.updated,
        rows_unchanged=F("rows_unchanged") + written.unchanged,
        rows_rejected=F("rows_rejected") + written.rejected,
        rows_published=F("rows_published") + written.published,
    )


def _finish(run: _Run) -> None:
    batch = ImportBatch.objects.get(pk=run.batch_id)
    if batch.rows_done != batch.rows_total:
        _fail(run, "文件内容与上传时不一致，请重新上传。已经导入的职位不会丢失，再次导入也不会重复。")
        return
    rejected = _error_workbook(batch) if batch.rows_rejected else b""
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=run.batch_id)
        if batch.state == ImportState.RUNNING:
            key = sealed_files.save("imports", rejected, CONTENT_TYPE) if rejected else ""
            _end(run, batch, ImportState.DONE, error_file_key=key)


def _fail(run: _Run, failure: str) -> None:
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=run.batch_id)
        if batch.state == ImportState.RUNNING:
            _end(run, batch, ImportState.FAILED, failure=failure)


def _end(run: _Run, batch: ImportBatch, state: ImportState, *, error_file_key: str = "", failure: str = "") -> None:
    sealed_files.delete(batch.file_key)
    batch.state, batch.error_file_key, batch.failure, batch.finished_at = state, error_file_key, failure, clock.now()
    batch.file_key = ""
    batch.save(update_fields=["state", "error_file_key", "failure", "finished_at", "file_key"])
    events.publish(
        run.actor, ImportFinished(batch_id=batch.id, agency_id=batch.agency_id, created_by_id=batch.created_by_id)
    )
    audit.record(
        run.actor, "import.finish", batch.id, state=state, imported=batch.rows_done - batch.rows_rejected,
        rejected=batch.rows_rejected, published=batch.rows_published,
    )  # fmt: skip


def _error_workbook(batch: ImportBatch) -> bytes:
    """Return the rejected rows as a workbook."""
    rejections = ImportRejection.objects.filter(batch=batch).order_by("worksheet", "row_number", "id")
    rows = (
        RejectedRow(
            row.row_number,
            row.cells,
            [Reason(reason["field"], reason["column"], reason["message"]) for reason in row.reasons],
            row.worksheet,
        )
        for row in rejections.iterator(2000)
    )
    return build_error_workbook(batch.headers, rows)
