"""Reads on an agency's imports: the list, one import at its step, a preview of its first rows, its error workbook."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import Any
from uuid import UUID

from jiuye.domains.jobs import policies
from jiuye.domains.jobs.bulk.records import SeenRecords
from jiuye.domains.jobs.bulk.sheet_rows import decide_rows, read_rows, sheet_of
from jiuye.domains.jobs.models import ImportBatch, ImportNote, ImportRejection
from jiuye.domains.jobs.queries.import_rows import OUTCOMES, ShownPosting, label_of, marked_unlike, shown_row
from jiuye.domains.jobs.queries.import_rows import line_of as line_of
from jiuye.domains.jobs.queries.import_rows import outcome_label as outcome_label
from jiuye.domains.jobs.queries.import_rows import told as told
from jiuye.domains.jobs.queries.import_sheets import Worksheet as Worksheet
from jiuye.domains.jobs.queries.import_sheets import remarks as remarks
from jiuye.domains.jobs.queries.import_sheets import worksheets as worksheets
from jiuye.domains.jobs.sheets.errors import RejectedRow
from jiuye.domains.jobs.sheets.fields import BY_CODE, FIELDS, LEGAL, Field
from jiuye.domains.jobs.sheets.mapping import IGNORED_HEADERS, cell
from jiuye.domains.jobs.sheets.parsed import Choices as Choices
from jiuye.domains.jobs.sheets.parsed import Reason
from jiuye.domains.jobs.sheets.reading import SheetRow
from jiuye.domains.jobs.sheets.template import CHOICES, build_template, template_name
from jiuye.domains.jobs.sheets.units import OFFERED, PAY_FIELDS, needs_unit
from jiuye.domains.jobs.sheets.units import label_of as label_of_unit
from jiuye.domains.jobs.states import IMPORT_LABELS
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel import clock, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate

SAMPLES_SHOWN = 3
_UNREAD = ("headers", "sample", "clear_headers", "clear_sample")


@dataclass(frozen=True)
class ImportView:
    """One import. Rows: `imported` (created, updated or unchanged) + `rejected` = `done`, which ends at `total`.

    `question` (blank, `header`, `worksheets`) must be answered before the columns; `worksheets` are `survey.Table`s,
    `doubts` `contents.Doubt`s; `remembered`: defaults of the last such sheet for mapped columns, not in `defaults`
    until they are confirmed.
    """

    id: UUID
    filename: str
    state: str
    state_label: str
    created_at: datetime
    finished_at: datetime | None
    total: int
    done: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    published: int
    publish: bool
    failure: str
    has_error_workbook: bool
    mapping: dict[str, int]
    defaults: dict[str, str]
    choices: Choices
    question: str = ""
    worksheets: list[dict[str, Any]] = field(default_factory=list)
    doubts: list[dict[str, Any]] = field(default_factory=list)
    remembered: dict[str, str] = field(default_factory=dict)
    can_choose_again: bool = False

    @property
    def imported(self) -> int:
        return self.done - self.rejected


@dataclass(frozen=True)
class Column:
    """A column of an uploaded sheet: its header, sample cells, and its mapped field (blank: none).

    `asks_unit`: if it is pay, neither header nor cells say the unit. `unit`: what was chosen then.
    """

    index: int
    header: str
    samples: tuple[str, ...]
    field: str
    asks_unit: bool = False
    unit: str = ""


def get_for(actor: Actor, batch_id: UUID) -> ImportView:
    """Return one import of the actor's agency. One query. Raises NotFound, Denied for members who may only read."""
    return _view(_batch(actor, batch_id))


def outcome(batch_id: UUID) -> ImportView:
    """Return one import for handlers, without access check. One query. Raises NotFound."""
    batch = ImportBatch.objects.filter(pk=batch_id).defer(*_UNREAD).first()
    if batch is None:
        raise NotFound
    return _view(batch)


def batches(actor: Actor, *, cursor: str = "", size: int = 20) -> Page[ImportView]:
    """Return the agency's imports, latest first. One query."""
    policies.may_edit(actor)
    rows = ImportBatch.objects.filter(agency_id=_agency(actor)).defer(*_UNREAD)
    return paginate(rows, ordering=("-created_at", "-id"), cursor=cursor, size=size).map(_view)


def columns(actor: Actor, batch_id: UUID) -> list[Column]:
    """Return the sheet's columns with samples, without the added columns of an error workbook. One query."""
    batch = _batch(actor, batch_id)
    fields = {column: code for code, column in batch.mapping.items()}
    units: Mapping[str, str] = batch.choices.get("units", {})
    return [
        Column(
            index,
            header.strip() or f"第 {index + 1} 列（没有列名）",
            _samples(batch, index),
            field := fields.get(index, ""),
            needs_unit(header, [cell(row[1], index) for row in batch.sample]),
            units.get(field, ""),
        )
        for index, header in enumerate(batch.headers)
        if header.strip() not in IGNORED_HEADERS and (header.strip() or _samples(batch, index))
    ]


def units() -> list[tuple[str, str]]:
    """Return codes and names of the units that a pay column may have."""
    return [(code, label_of_unit(code)) for code in OFFERED]


def is_pay(field: str) -> bool:
    """Return whether a field is pay, whose column has a unit."""
    return field in PAY_FIELDS


@dataclass(frozen=True)
class Preview:
    """The postings of the sampled rows as the import would make them. `obstacle`: why it cannot be started now, or ""."""

    rows: list[ShownPosting]
    obstacle: str

    def outcomes(self) -> list[tuple[str, str, int]]:
        """Return code, label and number of each outcome among the postings; those without changes are counted apart."""
        counted = Counter("unchanged" if one.result == "unchanged" else one.outcome for one in self.rows)
        labels = {code: outcome_label(code) for code in OUTCOMES} | {"unchanged": "没有变化"}
        return [(code, label, counted[code]) for code, label in labels.items() if counted[code]]


def preview(actor: Actor, batch_id: UUID) -> Preview:
    """Return what the import would make of the sampled rows now: by the function that decides at the import. Writes nothing."""
    batch = _batch(actor, batch_id)
    moment, today = clock.now(), clock.today()
    standing = organisations.standing(batch.agency_id)
    is_stopped = standing.is_suspended or (batch.publish and not standing.may_publish)
    sheet = sheet_of(batch, today, standing.reason)
    rows = read_rows(sheet, [SheetRow(*row) for row in batch.sample])
    records = SeenRecords(batch.agency_id, moment, folds_codes=True)
    decided, _ = decide_rows(sheet, rows, records, moment=moment, today=today)
    shown = marked_unlike([one for row in decided for one in shown_row(row, sheet)])
    return Preview(shown, standing.reason if is_stopped else "")


@dataclass(frozen=True)
class NoteView:
    """A remark of an import on a posting: the row, the field's name on screen (blank: the whole row), the text."""

    row_number: int
    worksheet: str
    label: str
    message: str
    holds: bool


def notes_on(posting_id: UUID) -> list[NoteView]:
    """Return the remarks on a posting that nobody has dismissed, for the agency that has it. One query."""
    rows = ImportNote.objects.filter(posting_id=posting_id).order_by("id")
    return [NoteView(row.row_number, row.worksheet, label_of(row.field), row.message, row.holds) for row in rows]


def noted(posting_ids: Collection[UUID]) -> set[UUID]:
    """Return which of the postings have remarks of an import. One query."""
    return set(ImportNote.objects.filter(posting_id__in=posting_ids).values_list("posting_id", flat=True))


def rejections(actor: Actor, batch_id: UUID, *, cursor: str = "", size: int = 100) -> Page[RejectedRow]:
    """Return the rows that were not imported, in the order of the file. Two queries. Raises NotFound."""
    rows = ImportRejection.objects.filter(batch=_batch(actor, batch_id))
    return paginate(rows, ordering=("row_number", "id"), cursor=cursor, size=size).map(_rejected)


def _rejected(row: ImportRejection) -> RejectedRow:
    reasons = [Reason(one["field"], one["column"], one["message"]) for one in row.reasons]
    return RejectedRow(row.row_number, row.cells, reasons, row.worksheet)


def error_workbook(actor: Actor, batch_id: UUID) -> tuple[str, bytes]:
    """Return file name and content of the rejected rows. Raises NotFound if there are none."""
    batch = _batch(actor, batch_id)
    if not batch.error_file_key:
        raise NotFound("这次导入没有未导入的行。")
    return f"未导入的行-{PurePath(batch.filename).stem}.xlsx", sealed_files.read(batch.error_file_key)


def standing(actor: Actor) -> organisations.Standing:
    """Return whether the actor's agency may publish what it imports. Two queries."""
    return organisations.standing(_agency(actor))


def template() -> tuple[str, bytes]:
    """Return file name and content of our template."""
    return template_name(clock.today()), build_template()


def sheet_fields() -> tuple[Field, ...]:
    """Return all fields that a column can be mapped to."""
    return FIELDS


def defaultable_fields() -> tuple[Field, ...]:
    """Return the fields that one value can fill for all rows that leave them blank, legal elements first."""
    return tuple(sorted((field for field in FIELDS if field.defaultable), key=lambda field: not field.legal))


def choices_of(code: str) -> list[str]:
    """Return the choices for a field; empty if any text is allowed."""
    return CHOICES.get(code, [])


def unmapped_legal_labels(view: ImportView) -> list[str]:
    """Return the legal elements that neither a column nor a default provides: every row will lack them."""
    given = view.mapping.keys() | view.defaults.keys()
    # These can replace the element next to them.
    if given & {"province", "city", "county", "address"}:
        given |= {"region"}
    if given & {"pay_min", "pay_max"}:
        given |= {"pay"}
    if "description" in given:
        given |= {"duties"}
    if given & {"description", "education", "experience", "skills", "tags"}:
        given |= {"requirements"}
    return [BY_CODE[code].label for code in LEGAL if code not in given]


def _agency(actor: Actor) -> UUID:
    if actor.organisation_id is None:
        raise NotFound
    return actor.organisation_id


def _batch(actor: Actor, batch_id: UUID) -> ImportBatch:
    policies.may_edit(actor)
    batch = ImportBatch.objects.filter(pk=batch_id, agency_id=_agency(actor)).first()
    if batch is None:
        raise NotFound
    return batch


def _view(batch: ImportBatch) -> ImportView:
    return ImportView(
        id=batch.id,
        filename=batch.filename,
        state=batch.state,
        state_label=IMPORT_LABELS[batch.state],
        created_at=batch.created_at,
        finished_at=batch.finished_at,
        total=batch.rows_total,
        done=batch.rows_done,
        created=batch.rows_created,
        updated=batch.rows_updated,
        unchanged=batch.rows_unchanged,
        rejected=batch.rows_rejected,
        published=batch.rows_published,
        publish=batch.publish,
        failure=batch.failure,
        has_error_workbook=bool(batch.error_file_key),
        mapping=batch.mapping,
        defaults=batch.defaults,
        choices=Choices(**batch.choices),
        question=batch.question,
        worksheets=batch.worksheets,
        doubts=batch.doubts,
        remembered=batch.remembered,
        can_choose_again=bool(batch.upload_key),
    )


def _samples(batch: ImportBatch, index: int) -> tuple[str, ...]:
    found = (cell(row[1], index).strip() for row in batch.sample)
    return tuple(dict.fromkeys(text[:60] for text in found if text))[:SAMPLES_SHOWN]
