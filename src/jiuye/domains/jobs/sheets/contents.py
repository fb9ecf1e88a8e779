"""Judge whether a column's cells fit the field that its header names: 职位类型 with 数据分析 is no type of employment."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from jiuye.domains.jobs.sheets.fields import BY_CODE
from jiuye.domains.jobs.sheets.words import WordError, parse_employment_type
from jiuye.domains.reference.queries import find_region

_LEAST_FIT = 0.4
_CELLS_TRIED = 200
_EXAMPLES = 2


@dataclass(frozen=True, slots=True)
class Doubt:
    """A column that is not mapped although its header names a field. `message` is Chinese, for the columns page."""

    column: int
    field: str
    message: str


def _matches(pattern: str, longest: int) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda text: len(text) <= longest and compiled.search(text) is not None


_NUMERAL = "0-9０-９零〇一二两三四五六七八九十百千万"
_OTHER_TYPES = _matches("招聘?$|假|正职|工时|小时|弹性|灵活|劳务|劳动|编制|不限|普通|应届|自由|[日周月]结", 30)


def _is_employment_type(text: str) -> bool:
    try:
        return len(text) <= 60 and bool(parse_employment_type(text))
    except WordError:
        return _OTHER_TYPES(text)


def _is_place(text: str) -> bool:
    return len(text) <= 200 and (_PLACE_WORDS(text) or find_region(text) is not None)


_PLACE_WORDS = _matches("[省市区县州镇乡村路街园道号楼厦]|不限|全国|远程|居家|多地|海外|国外", 200)
# What readers understand and what they would note; a column of other things is another column.
_FITS: Mapping[str, Callable[[str], bool]] = {
    "title": lambda text: len(text) <= 100 and not re.fullmatch(r"[\d\s.,:%/-]+", text),
    "employer_name": lambda text: 2 <= len(text) <= 120 and not re.fullmatch(r"[\d\s.,:%/-]+", text),
    "employer_credit_code": _matches(r"^[0-9A-Za-z\s-]{8,30}$", 30),
    "employer_size": _matches(rf"[{_NUMERAL}]|人|大|中|小|微|不限|保密", 40),
    "headcount": _matches(rf"[{_NUMERAL}]|若干|不限|名|人|多|数|批|大量|长期", 40),
    "employment_type": _is_employment_type,
    "region": _is_place,
    "province": _is_place,
    "city": _is_place,
    "county": _is_place,
    "pay": _matches(rf"[{_NUMERAL}]|面|议|谈|协商|不限|保密|待遇|提成|工资|薪", 120),
    "pay_min": _matches(rf"[{_NUMERAL}]|面|议|谈|协商|不限|保密", 60),
    "pay_max": _matches(rf"[{_NUMERAL}]|面|议|谈|协商|不限|保密", 60),
    "education": _matches(
        r"科|专|中|初|小学|大学|学[历士校位]|硕|博|研究生|不限|^无$|[无不]要求|不拘|技校|技师|技工|职高|985|211|双一流|统招|全日制|mba|"
        r"phd|master|bachelor|college|degree|school|diploma|any|^[-—/]+$",
        60,
    ),
    "experience": _matches(rf"[{_NUMERAL}]|年|月|经验|应届|毕业|实习|不限|无|在校|届|岁|要求|熟|year|any|none|^[-—/]+$", 80),
    "valid_through": _matches(rf"[{_NUMERAL}]|长期|不限|永久|招满|有效|天|月|年|周", 60),
    "published_on": _matches(rf"[{_NUMERAL}]|今|昨|前|刚|天|月|年|周|日", 60),
}  # fmt: skip


def judge(
    mapping: Mapping[str, int], headers: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[dict[str, int], list[Doubt]]:
    """Return the mapping without the fields whose column holds something else, and why. `rows`: from all over the sheet."""
    kept: dict[str, int] = {}
    doubts: list[Doubt] = []
    for code, column in mapping.items():
        cells = [row[column].strip() for row in rows[:_CELLS_TRIED] if column < len(row)]
        strangers = _strangers(code, [cell for cell in cells if cell])
        if strangers:
            doubts.append(Doubt(column, code, _message(headers[column], code, strangers)))
        else:
            kept[code] = column
    return kept, doubts


def _strangers(code: str, cells: Sequence[str]) -> list[str]:
    """Return examples of cells that are not this field's, if they are too many."""
    fits = _FITS.get(code)
    if fits is None or len(cells) < 2:
        return []
    others = [cell for cell in cells if not fits(cell)]
    if len(cells) - len(others) >= _LEAST_FIT * len(cells):
        return []
    return list(dict.fromkeys(others))[:_EXAMPLES]


def _message(header: str, code: str, strangers: Sequence[str]) -> str:
    examples = "".join(f"“{text[:20]}”" for text in strangers)
    label = BY_CODE[code].label
    return (
        f"列名“{header.strip()}”像是“{label}”，但里面的{examples}不是，所以没有采用。请选它真正的含义，或选“不导入”。"
    )
