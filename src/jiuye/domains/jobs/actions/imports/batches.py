"""Write one chunk of parsed rows: new postings by COPY, known ones updated, the rest rejected."""

from collections.abc import Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import Model
from django.db.models.expressions import RawSQL

from jiuye.domains.jobs import policies, screening
from jiuye.domains.jobs.actions.closing import reopen
from jiuye.domains.jobs.actions.imports.employers import EmployerFault, resolve_employers
from jiuye.domains.jobs.actions.imports.merge import absorb, fill_gaps, new_posting
from jiuye.domains.jobs.models import ImportBatch, ImportRejection, JobPosting
from jiuye.domains.jobs.sheets.parsed import ParsedPosting, Reason, RowErrors
from jiuye.domains.jobs.sheets.reading import SheetRow
from jiuye.domains.jobs.states import POSTING_LABELS, PostingState
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel import clock

ReadRow = tuple[SheetRow, ParsedPosting | RowErrors]

_CLOSED_TO_AGENCIES = frozenset({PostingState.BANNED, PostingState.UNDER_REVIEW})
# Withdrawing is the agency's decision: the same row imported again does not undo it; a row with its code does.
_REPUBLISHED_BY_CODE = frozenset(
    {PostingState.DRAFT, PostingState.REJECTED, PostingState.WITHDRAWN, PostingState.EXPIRED}
)
_REPUBLISHED_BY_CONTENT = frozenset({PostingState.DRAFT, PostingState.EXPIRED})


@dataclass
class Written:
    """The results of a chunk's rows. `published_ids`: postings that became public; `changed_ids`: public postings that
    changed and stayed public; `held_ids`: postings that wait for a review now.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    published: int = 0
    published_ids: list[UUID] = field(default_factory=list)
    changed_ids: list[UUID] = field(default_factory=list)
    held_ids: list[UUID] = field(default_factory=list)


def reject_unstorable(row: ReadRow) -> ReadRow:
    """Return the row as rejected, when the database refuses it."""
    return row[0], RowErrors(
        (Reason("title", None, "这一行保存不了，请检查有没有特殊字符；改好后再导入，还不行请联系平台客服"),)
    )


def write_rows(batch: ImportBatch, rows: Sequence[ReadRow], *, publish: bool) -> Written:
    """Write rows in the open transaction; the batch must be locked. Each row counts exactly once in the result."""
    parsed = [one for _, one in rows if isinstance(one, ParsedPosting)]
    writer = _ChunkWriter(batch, parsed, publish=publish)
    for row, one in rows:
        writer.take(row, one)
    writer.rows.write()
    written = writer.written
    for ids in (written.published_ids, written.changed_ids, written.held_ids):
        ids[:] = dict.fromkeys(ids)
    return written


class _Known:
    """The postings that the rows of a chunk may already be, each as it is after the rows before."""

    def __init__(self, agency_id: UUID, parsed: Sequence[ParsedPosting]) -> None:
        self._by_code: dict[str, JobPosting] = {}
        self._by_content: dict[str, JobPosting] = {}
        rows = JobPosting.objects.filter(agency_id=agency_id).select_for_update().order_by("-id")
        for posting in rows.filter(content_hash__in=_these([one.content_hash for one in parsed])):
            self.remember(posting)
        if codes := [one.external_code for one in parsed if one.external_code]:
            for posting in rows.filter(external_code__in=_these(codes)):
                self.remember(posting)

    def remember(self, posting: JobPosting) -> None:
        if posting.external_code:
            self._by_code[posting.external_code] = posting
        if posting.content_hash:
            self._by_content[posting.content_hash] = posting

    def find(self, parsed: ParsedPosting) -> JobPosting | None:
        """Return the posting that a row is: by the agency's code; without one, or before it had one, by its content."""
        if parsed.external_code and (known := self._by_code.get(parsed.external_code)):
            return known
        same = self._by_content.get(parsed.content_hash)
        if same is None or (parsed.external_code and same.external_code):
            return None
        return same


@dataclass
class _Rows:
    """Table rows of a chunk, collected for few statements."""

    new: dict[UUID, JobPosting] = field(default_factory=dict)
    changed: dict[UUID, JobPosting] = field(default_factory=dict)
    rejections: list[tuple[UUID, int, str, str]] = field(default_factory=list)

    def write(self) -> None:
        _copy(JobPosting, _ATTRIBUTES, map(_columns, self.new.values()))
        if self.changed:
            JobPosting.objects.bulk_update(self.changed.values(), _MUTABLE, batch_size=250)
        _copy(ImportRejection, ("batch_id", "row_number", "cells", "reasons"), self.rejections)


class _ChunkWriter:
    """Decides on each row: the results are in `rows`, their numbers in `written`."""

    def __init__(self, batch: ImportBatch, parsed: Sequence[ParsedPosting], *, publish: bool) -> None:
        self.batch, self.publish = batch, publish
        self.moment, self.today = clock.now(), clock.today()
        self.employers = resolve_employers(batch.agency, parsed, self.moment)
        named = {one for one in self.employers.values() if isinstance(one, UUID)}
        self.obstacles = organisations.employer_obstacles(named) if publish else {}
        self.known = _Known(batch.agency_id, parsed)
        self.rows = _Rows()
        self.written = Written()

    def take(self, row: SheetRow, parsed: ParsedPosting | RowErrors) -> None:
        if isinstance(parsed, RowErrors):
            self._reject(row, parsed.reasons)
            return
        employer = self.employers[parsed.employer_name, parsed.employer_credit_code]
        if isinstance(employer, EmployerFault):
            self._reject(row, [self._reason(employer.field, employer.message)])
            return
        known = self.known.find(parsed)
        if known is None:
            self._create(row, parsed, employer)
        elif known.state in _CLOSED_TO_AGENCIES:
            label = POSTING_LABELS[known.state]
            message = f"这个职位已在平台上，现在是“{label}”，不能用导入来改；如有疑问请联系平台客服"
            self._reject(row, [self._reason("external_code", message)])
        else:
            self._update(row, known, parsed, employer)

    def _create(self, row: SheetRow, parsed: ParsedPosting, employer: UUID | None) -> None:
        posting = new_posting(self.batch, parsed, employer, self.moment)
        if offences := self._publish(posting, {PostingState.DRAFT}):
            self._reject(row, offences)
            return
        self.rows.new[posting.id] = posting
        self.known.remember(posting)
        self.written.created += 1

    def _update(self, row: SheetRow, known: JobPosting, parsed: ParsedPosting, employer: UUID | None) -> None:
        has_code = bool(parsed.external_code)
        posting = copy(known)
        is_changed = (absorb if has_code else fill_gaps)(posting, parsed, employer)
        if is_changed and posting.state == PostingState.PUBLISHED:
            offences = self._offences_of_public_text(posting)
        else:
            offences = self._publish(posting, _REPUBLISHED_BY_CODE if has_code else _REPUBLISHED_BY_CONTENT)
        if offences:
            self._reject(row, offences)
            return
        self.known.remember(posting)
        if not is_changed and posting.state == known.state:
            self.written.unchanged += 1
            return
        self.written.updated += 1
        posting.updated_at = self.moment
        posting.version += 1
        rows = self.rows.new if posting.id in self.rows.new else self.rows.changed
        rows[posting.id] = posting
        if known.state == PostingState.PUBLISHED:
            posting.confirmed_at = self.moment
            is_held = posting.state == PostingState.UNDER_REVIEW
            (self.written.held_ids if is_held else self.written.changed_ids).append(posting.id)

    def _publish(self, posting: JobPosting, sources: Collection[str]) -> list[Reason]:
        """Publish the posting if wanted and possible. Return the text that forbids it, if any."""
        if not self.publish or posting.state not in sources or policies.missing_elements(posting):
            return []
        if policies.validity_fault(posting.valid_through, self.today):
            return []
        if posting.employer_id in self.obstacles:
            return [self._reason("employer_name", self.obstacles[posting.employer_id])]
        found = _screened(posting)
        if stopping := [finding for finding in found if finding.verdict == "stop"]:
            return [self._reason(finding.field, finding.message) for finding in stopping]
        if found:
            posting.state = PostingState.UNDER_REVIEW.value
            self.written.held_ids.append(posting.id)
            return []
        posting.state = PostingState.PUBLISHED.value
        posting.published_at = posting.confirmed_at = self.moment
        reopen(posting)
        self.written.published += 1
        self.written.published_ids.append(posting.id)
        return []

    def _offences_of_public_text(self, posting: JobPosting) -> list[Reason]:
        """Return why a public posting could not be published with its new text."""
        if posting.employer_id in self.obstacles:
            return [self._reason("employer_name", self.obstacles[posting.employer_id])]
        found = _screened(posting)
        if found and not any(finding.verdict == "stop" for finding in found):
            posting.state = PostingState.UNDER_REVIEW.value
            return []
        return [self._reason(finding.field, finding.message) for finding in found]

    def _reason(self, code: str, message: str) -> Reason:
        return Reason(code, self.batch.mapping.get(code), message)

    def _reject(self, row: SheetRow, reasons: Sequence[Reason]) -> None:
        self.written.rejected += 1
        told = [{"field": reason.field, "column": reason.column, "message": reason.message} for reason in reasons]
        self.rows.rejections.append((self.batch.id, row.number, _json(row.cells), _json(told)))


_FIELDS = JobPosting._meta.concrete_fields
_ATTRIBUTES = tuple(str(column.attname) for column in _FIELDS)
_MUTABLE = [column.name for column in _FIELDS if column.name not in ("id", "agency", "created_at")]
_in_order = attrgetter(*_ATTRIBUTES)


def _columns(posting: JobPosting) -> list[object]:
    return [_array(tuple(value)) if type(value) is list else value for value in _in_order(posting)]


@lru_cache(maxsize=20_000)
def _array(texts: tuple[str, ...]) -> str:
    """Return a text array in PostgreSQL's syntax, cached: the driver computes it for every row, and sheets repeat themselves."""
    quoted = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return "{" + ",".join(f'"{text}"' for text in quoted) + "}"


def _these(texts: list[str]) -> RawSQL:
    """Pass many values as one array: hundreds of parameters cost Django more time than the database needs for the query."""
    return RawSQL("SELECT unnest(%s::text[])", [texts])


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def _copy(model: type[Model], attributes: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert by COPY, about four times as fast as INSERT for such wide rows. Columns are named as attributes."""
    columns = ", ".join(connection.ops.quote_name(name) for name in attributes)
    statement = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({columns}) FROM STDIN"
    # Django wraps only the driver errors of its own statements, not those of COPY.
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as out:
        for row in rows:
            out.write_row(row)


def _screened(posting: JobPosting) -> list[screening.Finding]:
    """Screen text by text, cached: a sheet repeats its duties, conditions and tags row after row."""
    found: list[screening.Finding] = []
    for name in screening.FIELD_LABELS:
        value = getattr(posting, name)
        for text in [value] if isinstance(value, str) else value:
            found.extend(_findings(name, text))
    found.extend(screening.held_in_test_data(posting))
    return found


@lru_cache(maxsize=20_000)
def _findings(name: str, text: str) -> tuple[screening.Finding, ...]:
    return screening.screen({name: text}).findings
