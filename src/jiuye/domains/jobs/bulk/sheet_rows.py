"""Decide on the rows of a sheet: the import, its preview and `preview_import` all do it here."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from jiuye.domains.jobs.bulk.merge import absorb, fill_gaps, new_posting
from jiuye.domains.jobs.bulk.reasons import reasons_of
from jiuye.domains.jobs.bulk.records import Records
from jiuye.domains.jobs.bulk.rows import Decision
from jiuye.domains.jobs.bulk.writer import Writer
from jiuye.domains.jobs.models import ImportBatch, JobPosting
from jiuye.domains.jobs.sheets.parsed import Choices, ParsedPosting, Reason, RowErrors, postings_of
from jiuye.domains.jobs.sheets.reading import SheetRow
from jiuye.domains.jobs.sheets.reference import reference_vocabulary
from jiuye.domains.jobs.sheets.rows import parse_row
from jiuye.domains.jobs.sheets.units import column_units
from jiuye.domains.jobs.states import PostingState
from jiuye.kernel.errors import Fault

Result = Literal["created", "updated", "unchanged", "rejected"]
Outcome = Literal["publish", "draft", "review", "rejected"]
ReadRow = tuple[SheetRow, Sequence[ParsedPosting] | RowErrors]
"""A row with its postings: one, or one for each of its places."""

# Withdrawing and rejecting are decisions: the same row imported again does not undo them; one with its code and other
# content does.
_DECIDED = frozenset({PostingState.REJECTED, PostingState.WITHDRAWN})
_OPEN = frozenset({PostingState.DRAFT, PostingState.EXPIRED})
_OUTCOMES: dict[str, Outcome] = {PostingState.PUBLISHED: "publish", PostingState.UNDER_REVIEW: "review"}


@dataclass(frozen=True)
class Sheet:
    """How a sheet is read. `agency_id`, `batch_id` None: for nobody, only to show. `obstacle`: why the agency may not publish."""

    mapping: Mapping[str, int]
    defaults: Mapping[str, str]
    choices: Choices
    publish: bool
    day: date
    obstacle: str = ""
    agency_id: UUID | None = None
    batch_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DecidedPosting:
    """One posting of a row: what was read, and what happens to it."""

    parsed: ParsedPosting
    decision: Decision

    @property
    def is_stored(self) -> bool:
        """Return whether the row has a posting in the end, new or known."""
        return self.decision.result in ("created", "updated", "unchanged")

    @property
    def outcome(self) -> Outcome:
        """Return what the posting is in the end; `rejected` if nothing of it is stored."""
        if not self.is_stored or self.decision.posting is None:
            return "rejected"
        return _OUTCOMES.get(self.decision.posting.state, "draft")


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A row with what happens to its postings. `reasons`: what is wrong with it, or with one of its postings."""

    row: SheetRow
    postings: Sequence[DecidedPosting]
    reasons: Sequence[Reason]

    @property
    def result(self) -> Result:
        """Return what counts for the row. It is rejected only if nothing of it is stored."""
        results = {one.decision.result for one in self.postings}
        counted: tuple[Result, ...] = ("created", "updated", "unchanged")
        return next((result for result in counted if result in results), "rejected")


def sheet_of(batch: ImportBatch, day: date, obstacle: str = "") -> Sheet:
    """Return how an uploaded sheet is read on a day."""
    return Sheet(
        mapping=batch.mapping,
        defaults=batch.defaults,
        choices=choices_of(batch.headers, batch.mapping, Choices(**batch.choices)),
        publish=batch.publish,
        day=day,
        obstacle=obstacle,
        agency_id=batch.agency_id,
        batch_id=batch.id,
    )


def choices_of(headers: Sequence[str], mapping: Mapping[str, int], chosen: Choices) -> Choices:
    """Return what was chosen, completed by the units that headers name."""
    return replace(chosen, units=column_units(headers, mapping, chosen.units))


def read_rows(sheet: Sheet, rows: Iterable[SheetRow]) -> list[ReadRow]:
    """Parse rows. No query."""
    return [read_row(sheet, row) for row in rows]


def read_row(sheet: Sheet, row: SheetRow) -> ReadRow:
    """Parse a row. No query."""
    parsed = parse_row(row.cells, sheet.mapping, sheet.defaults, reference_vocabulary(), sheet.day, sheet.choices)
    return row, parsed if isinstance(parsed, RowErrors) else postings_of(parsed, sheet.choices)


def decide_rows(
    sheet: Sheet, rows: Sequence[ReadRow], records: Records, *, moment: datetime, today: date
) -> tuple[list[DecidedRow], Writer]:
    """Return what happens to each row, and the writer that can store it. Queries and locks are those of `records`."""
    stated = [() if isinstance(parsed, RowErrors) else [_Row(sheet, one) for one in parsed] for _, parsed in rows]
    together = [one for some in stated for one in some]
    named = [one.parsed for one in together]
    writer = Writer(records, together, named, obstacle=lambda: sheet.obstacle, moment=moment, today=today)
    decided = []
    for (row, parsed), some in zip(rows, stated, strict=True):
        if isinstance(parsed, RowErrors):
            decided.append(DecidedRow(row, (), parsed.reasons))
            continue
        postings = [DecidedPosting(one.parsed, writer.decide(one)) for one in some]
        faults = [fault for one in postings for fault in one.decision.faults]
        decided.append(DecidedRow(row, postings, reasons_of(faults, sheet.mapping, row.cells) if faults else ()))
    return decided, writer


class _Row:
    """A sheet's row for `Writer`."""

    is_complete = False

    def __init__(self, sheet: Sheet, parsed: ParsedPosting) -> None:
        self.sheet, self.parsed, self.publish = sheet, parsed, sheet.publish and not parsed.is_held
        self.external_code = parsed.external_code
        self.employer = (parsed.employer_name, parsed.employer_credit_code)

    def content_hash(self, employer_id: UUID | None) -> str:
        return self.parsed.content_hash

    def conflict(self, known: JobPosting | None) -> Fault | None:
        return None

    def new(self, employer_id: UUID | None, moment: datetime) -> JobPosting:
        return new_posting(
            self.parsed, employer_id, moment, agency_id=self.sheet.agency_id, import_batch_id=self.sheet.batch_id
        )

    def apply(self, posting: JobPosting, employer_id: UUID | None) -> Collection[str]:
        return (absorb if self.external_code else fill_gaps)(posting, self.parsed, employer_id)

    def republished_from(self, changed: Collection[str]) -> Collection[str]:
        return _OPEN | _DECIDED if self.external_code and changed else _OPEN
