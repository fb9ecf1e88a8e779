"""What was read of an uploaded sheet, in words: its worksheets, their headers, and what was left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from jiuye.domains.jobs.sheets.fields import BY_CODE
from jiuye.domains.jobs.sheets.survey import NO_HEADER

_PROBLEMS = {
    "no_header": "没有找到列名",
    "too_many_columns": "超过 100 列",
    "hidden": "工作表被隐藏",
}
_LONGEST_LINE = 60


class Read(Protocol):
    """An import whose sheet was read: `survey.Table`s, `contents.Doubt`s, and defaults to be confirmed, as stored."""

    @property
    def worksheets(self) -> list[dict[str, Any]]: ...
    @property
    def doubts(self) -> list[dict[str, Any]]: ...
    @property
    def remembered(self) -> dict[str, str]: ...


@dataclass(frozen=True)
class Reading:
    """A sheet that was read for nobody."""

    worksheets: list[dict[str, Any]]
    doubts: list[dict[str, Any]]
    remembered: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Worksheet:
    """A worksheet that can be chosen. `rows`: the rows that can be its header (number, text), 0 for none; `header_row`: the
    one that was found, None without any. `size`: how much there is, in words.
    """

    name: str
    is_read: bool
    is_certain: bool
    header_row: int | None
    rows: list[tuple[int, str]]
    size: str


def worksheets(read: Read) -> list[Worksheet]:
    """Return the worksheets that have rows."""
    return [_worksheet(table) for table in read.worksheets if table["first_lines"]]


def _worksheet(table: Mapping[str, Any]) -> Worksheet:
    rows = [(number, _line(number, cells)) for number, cells in table["first_lines"]]
    header = table["header_rows"]
    size = f"{table['rows']:,} 行" if header or table["is_read"] else "没有找到列名"
    return Worksheet(
        table["name"],
        table["is_read"],
        table["is_certain"],
        header[-1] if header else NO_HEADER if table["is_read"] else None,
        [*rows, (NO_HEADER, "没有列名，第一行就是职位")],
        size,
    )


def _line(number: int, cells: list[str]) -> str:
    text = "、".join(cell for cell in dict.fromkeys(cells) if cell.strip())
    return f"第 {number} 行：{text[:_LONGEST_LINE]}{'…' if len(text) > _LONGEST_LINE else ''}"


def remarks(read: Read) -> list[str]:
    """Return what the sender should know about the reading, one sentence each."""
    return list(_remarks(read))


def _remarks(read: Read) -> Iterator[str]:
    tables = [table for table in read.worksheets if table["is_read"]]

    def total(name: str) -> int:
        return sum(table[name] for table in tables)

    if len(tables) > 1:
        named = "、".join(f"“{table['name']}”{table['rows']:,} 行" for table in tables)
        yield f"一起读取了 {len(tables)} 张工作表：{named}。"
    if unread := [table for table in read.worksheets if not table["is_read"]]:
        yield "没有读取的工作表：" + "、".join(map(_unread, unread)) + "。"
    if hidden := total("hidden_rows"):
        yield f"隐藏或筛选掉的 {hidden:,} 行没有读取。要导入的话，请取消隐藏和筛选、保存后重新上传。"
    if hidden := total("hidden_columns"):
        yield f"隐藏的 {hidden} 列没有读取。"
    if repeated := total("repeated_headers"):
        yield f"表格中间重复的列名 {repeated:,} 行已跳过。"
    if banners := total("banners"):
        yield f"横跨整行的标题、备注 {banners:,} 行已跳过。"
    for doubt in read.doubts:
        yield doubt["message"]
    if read.remembered:
        used = "、".join(
            f"{BY_CODE[code].label}“{text[:30]}”" for code, text in read.remembered.items() if code in BY_CODE
        )
        yield f"上次给空着的行统一填写过：{used}。这次没有自动填，要用请在下面“个别行可能空着的”里填写。"


def _unread(table: Mapping[str, Any]) -> str:
    reason = _PROBLEMS.get(table["problem"], "")
    return f"“{table['name']}”（{reason}）" if reason else f"“{table['name']}”"
