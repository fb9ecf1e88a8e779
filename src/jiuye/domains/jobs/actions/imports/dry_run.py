"""Read a sheet as an import would, and keep nothing: for nobody, without a database, or for an agency."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from uuid import UUID

from jiuye.domains.jobs.actions.imports import kept_rows
from jiuye.domains.jobs.actions.imports.reading import guessed_columns, survey_sheet
from jiuye.domains.jobs.bulk.records import NoRecords, SeenRecords
from jiuye.domains.jobs.bulk.sheet_rows import Sheet, choices_of, decide_rows, read_rows
from jiuye.domains.jobs.queries.import_rows import ShownPosting, shown_row
from jiuye.domains.jobs.queries.import_sheets import Reading, remarks
from jiuye.domains.jobs.sheets.fields import BY_CODE
from jiuye.domains.jobs.sheets.mapping import fold_header, known_field
from jiuye.domains.jobs.sheets.parsed import Choices
from jiuye.domains.jobs.sheets.refusals import SheetRefused
from jiuye.domains.jobs.sheets.survey import Survey
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel import clock
from jiuye.kernel.errors import Invalid

_CHUNK = 500
_NO_FIELD = ("", "-", "不导入")


@dataclass(frozen=True)
class Wishes:
    """What a person would choose on the columns page. `columns`: header, or number from 1, to a field's code or name, blank to
    leave it out; columns that are not named are guessed. `worksheets`: names of those to be read, blank for all with
    postings; `header`: number of the row with the names, 0 for none. The rest: `sheets.parsed.Choices`.
    """

    worksheets: Sequence[str] = ()
    header: int | None = None

    columns: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    split_places: bool = False
    whole_description: bool = False


def dry_run(
    path: Path, wishes: Wishes, tell: Callable[[str], object] = str, *, agency_id: UUID | None = None
) -> Iterator[ShownPosting]:
    """Yield what an import would make of each row now: for an agency, or for a new one in good standing (no query).

    `tell` gets what the sender should know about the reading, in sentences.

    Raises `Invalid` for a file that cannot be read, and for a column or field that there is not; `NotFound` for the agency.
    """
    try:
        yield from _rows(path, wishes, tell, agency_id)
    except SheetRefused as refusal:
        raise Invalid({"file": refusal.message}) from refusal


def _rows(path: Path, wishes: Wishes, tell: Callable[[str], object], agency_id: UUID | None) -> Iterator[ShownPosting]:
    moment, today = clock.now(), clock.today()
    with tempfile.TemporaryDirectory(prefix="jiuye-sheet-") as folder:
        rows = Path(folder) / "rows"
        survey = survey_sheet(path, rows, dict.fromkeys(wishes.worksheets, wishes.header) or None, wishes.header)
        guessed, doubts = guessed_columns(survey)
        _check_header(survey, wishes)
        told = Reading([table.as_json() for table in survey.tables], [asdict(doubt) for doubt in doubts])
        for remark in remarks(told):
            tell(remark)
        mapping = _mapping(survey.headers, guessed, wishes.columns)
        defaults = {_field(name): text for name, text in wishes.defaults.items()}
        units = {_field(name): code for name, code in wishes.units.items()}
        chosen = Choices(units, wishes.split_places, wishes.whole_description)
        choices = choices_of(survey.headers, mapping, chosen)
        obstacle = organisations.standing(agency_id).reason if agency_id else ""
        sheet = Sheet(mapping, defaults, choices, publish=True, day=today, obstacle=obstacle, agency_id=agency_id)
        records = SeenRecords(agency_id, moment, folds_codes=True) if agency_id else NoRecords(moment)
        kept = kept_rows.of_file(rows)
        while chunk := list(islice(kept, _CHUNK)):
            decided, _ = decide_rows(sheet, read_rows(sheet, chunk), records, moment=moment, today=today)
            for one in decided:
                yield from shown_row(one, sheet)


def _check_header(survey: Survey, wishes: Wishes) -> None:
    """Raises Invalid where a person would be asked for the header. Named columns answer it, and so do two known names."""
    if survey.question != "header" or wishes.columns or len(set(filter(None, map(known_field, survey.headers)))) > 1:
        return
    names = "、".join(filter(None, survey.headers))[:60]
    raise Invalid({"file": f"不能确定“{names}”是不是列名：请用 --header 写明列名在第几行，没有列名写 0"})


def _mapping(headers: list[str], guessed: Mapping[str, int], wanted: Mapping[str, str]) -> dict[str, int]:
    mapping = dict(guessed)
    for name, meaning in wanted.items():
        column = _column(headers, name)
        mapping = {code: known for code, known in mapping.items() if known != column}
        if meaning not in _NO_FIELD:
            mapping[_field(meaning)] = column
    if "title" not in mapping:
        raise Invalid({"column": "认不出哪一列是职位名称，请指明，如 --column 列名=title"})
    return mapping


def _column(headers: list[str], name: str) -> int:
    folded = [fold_header(header) for header in headers]
    if name in headers:
        return headers.index(name)
    if fold_header(name) in folded:
        return folded.index(fold_header(name))
    if name.isdecimal() and 1 <= int(name) <= len(headers):
        return int(name) - 1
    raise Invalid({"column": f"表格里没有“{name}”这一列，有：{'、'.join(filter(None, headers))}"})


def _field(name: str) -> str:
    by_label = {one.label: code for code, one in BY_CODE.items()}
    code = name if name in BY_CODE else by_label.get(name, "")
    if not code:
        raise Invalid(
            {"column": f"没有“{name}”这个字段，有：{'、'.join(f'{one} {BY_CODE[one].label}' for one in BY_CODE)}"}
        )
    return code
