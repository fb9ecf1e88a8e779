"""Write one chunk of a sheet's rows as decided (`bulk.sheet_rows`), and the rejected ones with their reasons."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Model

from jiuye.domains.jobs.bulk.records import StoredRecords
from jiuye.domains.jobs.bulk.sheet_rows import DecidedRow, ReadRow, Sheet, decide_rows
from jiuye.domains.jobs.bulk.tables import copy
from jiuye.domains.jobs.events import PostingsChanged
from jiuye.domains.jobs.models import FoundAgain, ImportBatch, ImportNote, ImportRejection
from jiuye.domains.jobs.sheets.parsed import Reason, RowErrors
from jiuye.kernel import clock

_NOTE = ("batch_id", "posting_id", "row_number", "worksheet", "field", "message", "holds")


@dataclass
class Written:
    """The results of a chunk's rows. `happened`: what happened to postings that were or are public (`Writer.happened`)."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    published: int = 0
    happened: list[PostingsChanged] = field(default_factory=list)


def reject_unstorable(row: ReadRow) -> ReadRow:
    """Return the row as rejected, when the database refuses it."""
    return row[0], RowErrors(
        (Reason("title", None, "这一行保存不了，请检查有没有特殊字符；改好后再导入，还不行请联系平台客服"),)
    )


def write_rows(batch: ImportBatch, sheet: Sheet, rows: Sequence[ReadRow], meanwhile: Iterator[object]) -> Written:
    """Write rows in the open transaction; the batch must be locked. Each row counts exactly once in the result.

    `meanwhile`: what to do while the database stores new postings (`tables.copy`).
    """
    moment = clock.now()
    records = StoredRecords(batch.agency_id, moment, folds_codes=True)
    decided, writer = decide_rows(sheet, rows, records, moment=moment, today=clock.today())
    written = Written()
    for one in decided:
        result = one.result
        setattr(written, result, getattr(written, result) + 1)
        written.published += any(posting.decision.published for posting in one.postings)
    writer.rows.write(meanwhile)
    _write_notes(batch, decided)
    _write_rejections(batch, [one for one in decided if one.result == "rejected"])
    written.happened = writer.happened()
    return written


def _write_rejections(batch: ImportBatch, rejected: Sequence[DecidedRow]) -> None:
    if not rejected:
        return
    cells, reasons = _sealing(ImportRejection, "cells"), _sealing(ImportRejection, "reasons")
    rows = []
    for one in rejected:
        told = [{"field": why.field, "column": why.column, "message": why.message} for why in one.reasons]
        rows.append((batch.id, one.row.worksheet, one.row.number, cells(one.row.cells), reasons(told)))
    copy(ImportRejection, ("batch_id", "worksheet", "row_number", "cells", "reasons"), rows)


def _sealing(model: type[Model], column: str) -> Callable[[object], object]:
    """Return what encrypts the values of a column for COPY."""
    return model._meta.get_field(column).get_prep_value  # type: ignore[union-attr]


def _write_notes(batch: ImportBatch, decided: Sequence[DecidedRow]) -> None:
    """Write which postings existed before, and the notes on those that are new or changed, instead of earlier ones."""
    again: set[UUID] = set()
    changed: set[UUID] = set()
    notes: list[tuple[object, ...]] = []
    message = _sealing(ImportNote, "message")
    for row in decided:
        for one in row.postings:
            posting = one.decision.posting
            if posting is None or not one.is_stored:
                continue
            if posting.import_batch_id != batch.id:
                again.add(posting.id)
            if one.decision.result == "unchanged":
                continue
            if one.decision.result == "updated":
                changed.add(posting.id)
            notes += [
                (
                    batch.id,
                    posting.id,
                    row.row.number,
                    row.row.worksheet,
                    note.field,
                    message(note.message[:500]),
                    note.holds,
                )
                for note in one.parsed.notes
            ]
    if again:
        copy(FoundAgain, ("batch_id", "posting_id"), [(batch.id, one) for one in again])
    if changed:
        ImportNote.objects.filter(posting_id__in=changed).delete()
    if notes:
        copy(ImportNote, _NOTE, notes)
