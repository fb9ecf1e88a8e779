"""XML Spreadsheet 2003 (SpreadsheetML, `urn:schemas-microsoft-com:office:spreadsheet`), often named .xls."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.parsers import expat

from jiuye.domains.jobs.sheets import limits
from jiuye.domains.jobs.sheets.refusals import SheetRefused
from jiuye.domains.jobs.sheets.structure import Merge, Shown, Structure, shown_by

_PIECE = 1024 * 1024
_TEXT_IN = ("Data", "Visible")


@dataclass
class FoundSheet:
    """A worksheet as it was found: `rows` are numbers and values of cells, from the first column on."""

    name: str
    rows: list[tuple[int, list[Any]]] = field(default_factory=list)
    structure: Structure = field(default_factory=Structure)
    is_hidden: bool = False
    problem: str = ""


def xml_worksheets(path: Path) -> list[FoundSheet]:
    """Return the worksheets. Raises SheetRefused, also for a document type definition."""
    reader = _Reader()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                reader.parser.Parse(piece, False)
        reader.parser.Parse(b"", True)
    except SheetRefused:
        raise
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise SheetRefused("damaged") from error
    return reader.sheets


class _Reader:
    def __init__(self) -> None:
        self.sheets: list[FoundSheet] = []
        self._styles: dict[str, Shown] = {}
        self._style = ""
        self._row, self._column = 0, 0
        self._cell: dict[str, str] = {}
        self._type = ""
        self._text: list[str] | None = None
        self._in_comment = False
        self._filled = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = _refuse

    def _start(self, tag: str, given: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        attributes = {key.rpartition(":")[2]: value for key, value in given.items()}
        match name:
            case "Style":
                self._style = attributes.get("ID", "")
            case "NumberFormat":
                if shown := shown_by(-1, attributes.get("Format", "")):
                    self._styles[self._style] = shown
            case "Worksheet":
                self.sheets.append(FoundSheet(attributes.get("Name", "")))
                self._row, self._column = 0, 0
            case "Column":
                self._column_of(attributes)
            case "Row":
                self._row_of(attributes)
            case "Cell":
                self._column = int(attributes.get("Index", self._column + 1))
                self._cell = attributes
            case "Comment":
                self._in_comment = True
        if name in _TEXT_IN and self.sheets and not self._in_comment:
            self._type, self._text = attributes.get("Type", ""), []

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "Comment":
            self._in_comment = False
        elif name == "Cell":
            self._column += int(self._cell.get("MergeAcross", 0))
        elif name in _TEXT_IN and self._text is not None:
            text, self._text = "".join(self._text), None
            if name == "Data":
                self._value(text)
            elif text.strip() != "SheetVisible":
                self.sheets[-1].is_hidden = True

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _column_of(self, attributes: dict[str, str]) -> None:
        first = int(attributes.get("Index", self._column + 1))
        self._column = first + int(attributes.get("Span", 0))
        if attributes.get("Hidden") == "1":
            self.sheets[-1].structure.hidden_columns.update(range(first - 1, min(self._column, limits.COLUMNS)))

    def _row_of(self, attributes: dict[str, str]) -> None:
        row = int(attributes.get("Index", self._row + 1))
        if row <= self._row or row > limits.EXCEL_ROWS:
            raise SheetRefused("damaged")
        self._row, self._column = row, 0
        if attributes.get("Hidden") == "1":
            self.sheets[-1].structure.hidden_rows.add(row)

    def _value(self, text: str) -> None:
        sheet = self.sheets[-1]
        if self._column > limits.COLUMNS:
            sheet.problem = "too_many_columns"
            return
        if not sheet.rows or sheet.rows[-1][0] != self._row:
            self._filled += 1
            if self._filled > limits.ROWS + limits.LINES_ABOVE_DATA:
                raise SheetRefused("too_many_rows")
            sheet.rows.append((self._row, []))
        cells = sheet.rows[-1][1]
        cells.extend([""] * (self._column - len(cells)))
        cells[self._column - 1] = _typed(text, self._type)
        sheet.structure.columns = max(sheet.structure.columns, self._column)
        if shown := self._styles.get(self._cell.get("StyleID", "")):
            sheet.structure.marks.setdefault(self._row, {})[self._column - 1] = shown
        across, down = int(self._cell.get("MergeAcross", 0)), int(self._cell.get("MergeDown", 0))
        if across or down:
            self._merge(sheet, across, down)

    def _merge(self, sheet: FoundSheet, across: int, down: int) -> None:
        column = self._column - 1
        sheet.structure.merges.append(Merge(self._row, column, self._row + down, column + across))
        if len(sheet.structure.merges) > limits.MERGES:
            raise SheetRefused("too_heavy")


def _refuse(*_: Any) -> None:
    raise SheetRefused("entities")


def _typed(text: str, kind: str) -> Any:
    if kind == "Number":
        return float(text)
    if kind == "Boolean":
        return text.strip() == "1"
    return datetime.fromisoformat(text) if kind == "DateTime" else text
