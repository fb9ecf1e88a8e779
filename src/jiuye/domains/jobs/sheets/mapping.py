"""Map columns to fields: guessed from the headers, then from the contents; remembered by the headers."""

import hashlib
import re
from collections.abc import Callable, Sequence

from jiuye.domains.jobs.experience import ExperienceError, parse_experience
from jiuye.domains.jobs.pay import PayError
from jiuye.domains.jobs.pay_text import parse_pay
from jiuye.domains.jobs.sheets.dates import DateError, parse_day
from jiuye.domains.jobs.sheets.fields import BY_CODE, FIELDS
from jiuye.kernel.text import one_form

Mapping = dict[str, int]
"""Field code → column, from 0."""

REASON_HEADER = "未导入原因"
ROW_HEADER = "原行号"
WORKSHEET_HEADER = "原工作表"
IGNORED_HEADERS = frozenset({REASON_HEADER, ROW_HEADER, WORKSHEET_HEADER})
_LONGEST_HEADER = 100

_MARKS = re.compile(r"[\s*＊:：_\-/\\、，,.。·›()（）\[\]【】<>《》\"'“”|#]+")
_ASIDE = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]")
LINES_JOINED = " › "
"""Between the lines of a header of several lines: `薪资(元/月) › 最低`."""

_SYNONYMS = {synonym: field.code for field in reversed(FIELDS) for synonym in field.synonyms}
_BOUNDS = dict.fromkeys(("最低", "下限", "最小", "最少", "起", "低", "从", "min"), "pay_min") | dict.fromkeys(
    ("最高", "上限", "最大", "最多", "止", "高", "至", "到", "max"), "pay_max"
)
_OF_PAY = BY_CODE["pay"].synonyms
_SYNONYMS |= {
    written: code
    for word in _OF_PAY
    for bound, code in _BOUNDS.items()
    for written in (word + bound, bound + word)
    if written not in _SYNONYMS
}
_INSIDE = sorted((word for word in _SYNONYMS if len(word) >= 2 and not word.isascii()), key=len, reverse=True)


def fold_header(header: str) -> str:
    """`Job Name`, `job_name`, `*职位名称（必填）：` → `jobname`, `jobname`, `职位名称`."""
    folded = one_form(header, longest=_LONGEST_HEADER)
    return _MARKS.sub("", _ASIDE.sub("", folded)) or _MARKS.sub("", folded)


def known_field(header: str) -> str | None:
    """Return the field that a header names exactly. Of a header of several lines the last may be enough."""
    lines = header.split(LINES_JOINED.strip())
    if found := _SYNONYMS.get(fold_header(header)):
        return found
    if len(lines) == 1:
        return None
    last = fold_header(lines[-1])
    if last in _BOUNDS:
        return _BOUNDS[last] if any(fold_header(line) in _OF_PAY for line in lines[:-1]) else None
    return _SYNONYMS.get(last)


def signature(headers: Sequence[str]) -> str:
    """Return a key equal for sheets with the same headers, ignoring our reason column, to remember their mapping."""
    folded = [fold_header(header) for header in headers if header.strip() not in IGNORED_HEADERS]
    while folded and not folded[-1]:
        folded.pop()
    return hashlib.sha256("\x1f".join(folded).encode()).hexdigest()


def guess_mapping(
    headers: Sequence[str],
    sample_rows: Sequence[Sequence[str]],
    is_region: Callable[[str], bool] = lambda text: False,
) -> Mapping:
    """Guess the mapping: known headers, then headers that contain a known one, then the sampled contents."""
    mapping: Mapping = {}
    folded = ["" if header.strip() in IGNORED_HEADERS else fold_header(header) for header in headers]
    for column, header in enumerate(headers):
        _assign(mapping, known_field(header) if folded[column] else None, column)
    for column, header in enumerate(folded):
        if header and column not in mapping.values() and known_field(headers[column]) == "region":
            _assign_further_place(mapping, header, column)
    for column, header in enumerate(folded):
        if header and column not in mapping.values():
            _assign(mapping, field_inside(header), column)
    if "city" in mapping and not {"province", "county", "region"} & mapping.keys():
        mapping["region"] = mapping.pop("city")
    _guess_from_contents(mapping, len(headers), sample_rows, is_region)
    return mapping


def _assign(mapping: Mapping, code: str | None, column: int) -> None:
    if code and code not in mapping:
        mapping[code] = column


def _assign_further_place(mapping: Mapping, header: str, column: int) -> None:
    """Map a further column about the place: the city or district beside the workplace (工作城市 + 区域), else the address."""
    order = ["address", "county", "city"]
    nearest = "city" if "城市" in header else "county" if "区" in header else "address"
    for code in sorted(order, key=lambda one: one != nearest):
        if code not in mapping:
            mapping[code] = column
            return


def field_inside(header: str) -> str | None:
    """Return the field whose longest known name is part of the header: `招聘岗位名称及工种` → title."""
    return next((_SYNONYMS[word] for word in _INSIDE if word in header), None)


def _guess_from_contents(
    mapping: Mapping, width: int, sample_rows: Sequence[Sequence[str]], is_region: Callable[[str], bool]
) -> None:
    looks: list[tuple[str, Callable[[str], bool]]] = [
        ("pay", _looks_like_pay),
        ("experience", _looks_like_experience),
        ("region", is_region),
        ("published_on", _looks_like_day),
    ]
    for code, looks_right in looks:
        if code in mapping or (code == "pay" and "pay_min" in mapping):
            continue
        if code == "region" and {"province", "city", "county"} & mapping.keys():
            continue
        for column in range(width):
            cells = [row[column] for row in sample_rows if column < len(row) and row[column].strip()]
            if column in mapping.values() or len(cells) < max(1, len(sample_rows) // 3):
                continue
            if sum(map(looks_right, cells)) >= 0.6 * len(cells):
                mapping[code] = column
                break


def _looks_like_pay(text: str) -> bool:
    if len(text) > 40 or not re.search(r"\d", text) or not re.search(r"[千万kK元/薪-]", text):
        return False
    try:
        return parse_pay(text).stated
    except PayError:
        return False


def _looks_like_experience(text: str) -> bool:
    if len(text) > 12 or not re.search(r"年(?![\d一二三四五六七八九])|经验|应届", text):
        return False
    try:
        parse_experience(text)
    except ExperienceError:
        return False
    return True


def _looks_like_day(text: str) -> bool:
    try:
        return parse_day(text).year > 2000
    except DateError:
        return False


def cell(cells: Sequence[str], column: int | None) -> str:
    """Return the cell in a column of a row that may be shorter than its header; blank if the field has no column."""
    return cells[column] if column is not None and column < len(cells) else ""
