"""Write one chunk of a sheet's parsed rows: postings as any batch does (`actions.bulk`), and the rejected rows with their reasons."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from jiuye.domains.jobs.actions.bulk.rows import Decision
from jiuye.domains.jobs.actions.bulk.tables import copy, json
from jiuye.domains.jobs.actions.bulk.writer import Writer
from jiuye.domains.jobs.actions.imports.merge import absorb, fill_gaps, new_posting
from jiuye.domains.jobs.events import PostingsChanged
from jiuye.domains.jobs.models import ImportBatch, ImportRejection, JobPosting
from jiuye.domains.jobs.sheets.parsed import ParsedPosting, Reason, RowErrors
from jiuye.domains.jobs.sheets.reading import SheetRow
from jiuye.domains.jobs.states import PostingState
from jiuye.kernel import clock
from jiuye.kernel.errors import Fault

ReadRow = tuple[SheetRow, ParsedPosting | RowErrors]

# Withdrawing is the agency's decision: the same row imported again does not undo it; a row with its code does.
_REPUBLISHED_BY_CODE = frozenset(
    {PostingState.DRAFT, PostingState.REJECTED, PostingState.WITHDRAWN, PostingState.EXPIRED}
)
_REPUBLISHED_BY_CONTENT = frozenset({PostingState.DRAFT, PostingState.EXPIRED})


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


def write_rows(batch: ImportBatch, rows: Sequence[ReadRow], *, publish: bool) -> Written:
    """Write rows in the open transaction; the batch must be locked. Each row counts exactly once in the result."""
    stated = {
        row.number: _Row(batch, parsed, publish=publish) for row, parsed in rows if isinstance(parsed, ParsedPosting)
    }
    named = [row.parsed for row in stated.values()]
    writer = Writer(
        batch.agency_id, list(stated.values()), named, obstacle=str, moment=clock.now(), today=clock.today()
    )
    written = Written()
    rejections: list[tuple[UUID, int, str, str]] = []
    for row, parsed in rows:
        if isinstance(parsed, RowErrors):
            reasons: Sequence[Reason] = parsed.reasons
        else:
            reasons = _count(batch, writer.decide(stated[row.number]), written)
        if reasons:
            told = [{"field": one.field, "column": one.column, "message": one.message} for one in reasons]
            rejections.append((batch.id, row.number, json(row.cells), json(told)))
    writer.rows.write()
    if rejections:
        copy(ImportRejection, ("batch_id", "row_number", "cells", "reasons"), rejections)
    written.rejected = len(rejections)
    written.happened = writer.happened()
    return written


def _count(batch: ImportBatch, decision: Decision, written: Written) -> list[Reason]:
    """Count a row that was written. Return why it was not."""
    written.published += decision.published
    match decision.result:
        case "created":
            written.created += 1
        case "updated":
            written.updated += 1
        case "unchanged":
            written.unchanged += 1
        case _:
            return [Reason(one.field, batch.mapping.get(one.field), one.message) for one in decision.faults]
    return []


class _Row:
    """A sheet's row for `bulk.writer.Writer`."""

    is_complete = False

    def __init__(self, batch: ImportBatch, parsed: ParsedPosting, *, publish: bool) -> None:
        self.batch, self.parsed, self.publish = batch, parsed, publish and not parsed.is_held
        self.external_code = parsed.external_code
        self.employer = (parsed.employer_name, parsed.employer_credit_code)

    @property
    def republished_from(self) -> Collection[str]:
        return _REPUBLISHED_BY_CODE if self.external_code else _REPUBLISHED_BY_CONTENT

    def content_hash(self, employer_id: UUID | None) -> str:
        return self.parsed.content_hash

    def conflict(self, known: JobPosting | None) -> Fault | None:
        return None

    def new(self, employer_id: UUID | None, moment: datetime) -> JobPosting:
        return new_posting(self.batch, self.parsed, employer_id, moment)

    def apply(self, posting: JobPosting, employer_id: UUID | None) -> bool:
        return (absorb if self.external_code else fill_gaps)(posting, self.parsed, employer_id)
