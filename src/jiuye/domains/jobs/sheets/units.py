"""The unit of a pay column: from its header, else asked once on the columns page.

How the pieces fit. After the columns are mapped, `column_units(headers, mapping, chosen)` says the unit of each pay column as
codes (`ten_thousand/year`); the result is what `Choices.units` holds and `parse_row` uses, so it is resolved before the first row
is parsed, for the preview as for the import. `chosen` is what the sender answered on the columns page; an answer goes before the
header. The page asks for the columns for which `needs_unit(header, cells)` is true and offers `OFFERED`.

What a cell says itself (`1.2万`, `150元/天`) goes before the unit of its column.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from jiuye.domains.jobs.currencies import names_foreign_currency
from jiuye.domains.jobs.pay import UNSTATED, PayDoubtful, PayError, PayPer, Unit
from jiuye.domains.jobs.pay_text import parse_pay
from jiuye.kernel.text import one_form

PAY_FIELDS = ("pay", "pay_min", "pay_max")

_SCALES = {"": 0, "yuan": 1, "hundred": 100, "thousand": 1000, "ten_thousand": 10000}
_SCALE_NAMES = {value: name for name, value in _SCALES.items()}
_SCALE_LABELS = {"": "", "yuan": "元", "hundred": "百元", "thousand": "千元", "ten_thousand": "万元"}
_PER_LABELS: dict[str, str] = {
    "": "",
    "month": "月",
    "day": "天",
    "hour": "小时",
    "year": "年",
    "week": "周",
    "piece": "件",
}

OFFERED = (
    "yuan/month", "thousand/month", "ten_thousand/month", "yuan/day", "yuan/hour", "yuan/year", "thousand/year", "ten_thousand/year",
)  # fmt: skip
"""Codes of the units that the columns page offers."""

_HEADER_CUT = 80
_MARKS = re.compile(r"[\s_·・|:,、;-]{1,20}")
_OF_A_YEAR = re.compile(r"\d{2,4}/?年度?")
_YEAR = re.compile(
    r"(?<!\d)年(?:度|总|终总)?(?:薪|收入|包|工资|化|度薪)|(?:^|[/每按(])全?年(?:[)度,]|$)|总包|annual|year"
    r"|p\.?a\.?(?![a-z])"
)
_DAY = re.compile(r"日薪(?![资酬水金])|日工资|日结|日均|[/每按(][日天](?![期前后])|天工资|/工日|daily|day")
_HOUR = re.compile(r"(?<![临实当平])时薪(?![资酬水金])|小时|钟点|[/每按(]时(?:[)/]|$)|hour|/h(?![a-z])")
_MONTH = re.compile(r"月薪|月工资|月收入|月均|[/每按(]月|月(?:综合|基本|固定|到手|税前|税后)|综合月|month|/m(?![a-z])")
_WEEK = re.compile(r"周薪|[/每按]周|week")
_PIECE = re.compile(r"/[件个单次台套吨节场]|计件单价|课时费")
_PERIODS: tuple[tuple[re.Pattern[str], PayPer], ...] = (
    (_YEAR, "year"), (_MONTH, "month"), (_DAY, "day"), (_HOUR, "hour"), (_WEEK, "week"), (_PIECE, "piece"),
)  # fmt: skip
_TEN_THOUSANDS = re.compile(r"10k(?![a-z])|万|萬|(?<![a-z])w(?![a-z])|(?<![a-z])wan(?![a-z])")
_THOUSANDS = re.compile(r"千|仟|(?<![a-z])k(?![a-z])|thousand")
_YUAN = re.compile(r"元|(?<![a-z])yuan(?![a-z])|圆")


@lru_cache(maxsize=1024)
def unit_of_header(header: str) -> Unit:
    """Return what a header says of its column's unit: 年薪（万元） → 10,000 yuan a year. Either part may stay open (薪资, 月薪).

    A header that names several periods (日薪/月薪) says none.
    """
    folded = one_form(header, longest=_HEADER_CUT)
    if names_foreign_currency(folded):
        return Unit(is_foreign=True)
    folded = _OF_A_YEAR.sub("", _MARKS.sub("/", folded))
    periods = [per for pattern, per in _PERIODS if pattern.search(folded)]
    per: PayPer | None = periods[0] if len(periods) == 1 else None
    if _TEN_THOUSANDS.search(folded):
        return Unit(10000, per)
    if "百元" in folded:
        return Unit(100, per)
    if _THOUSANDS.search(folded):
        return Unit(1000, per)
    return Unit(1 if _YUAN.search(folded) else 0, per)


def needs_unit(header: str, cells: Iterable[str]) -> bool:
    """Return whether the sender must be asked for the unit: most figures of the column are implausible or ambiguous in the unit
    that the header or the cell says (4-5 or 200000 under 薪资, 8-12 under 薪资（元）).
    """
    unit = unit_of_header(header)
    if unit.is_foreign:
        return False
    doubtful, figures = 0, 0
    for cell in cells:
        try:
            pay = parse_pay(cell, unit)
        except PayDoubtful:
            doubtful, figures = doubtful + 1, figures + 1
        except PayError:
            continue
        else:
            doubtful, figures = doubtful + bool(pay.doubt), figures + pay.stated
    return doubtful > 0 and 2 * doubtful >= figures


def column_units(
    headers: Sequence[str], mapping: Mapping[str, int], chosen: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return field → unit code of every mapped pay column that has one: as chosen, else as its header says."""
    units: dict[str, str] = {}
    for field in PAY_FIELDS:
        column = mapping.get(field)
        if column is None or column >= len(headers):
            continue
        code = (chosen or {}).get(field) or code_of(unit_of_header(headers[column]))
        if code and unit_of_code(code) != UNSTATED:
            units[field] = code
    return units


def code_of(unit: Unit) -> str:
    """Return the code under which a unit is kept (JSON): `ten_thousand/year`, `/day`, `thousand/`, `foreign`; blank if unstated."""
    if unit.is_foreign:
        return "foreign"
    return "" if unit == UNSTATED else f"{_SCALE_NAMES[unit.scale]}/{unit.per or ''}"


@lru_cache(maxsize=64)
def unit_of_code(code: str) -> Unit:
    """Return the unit of a code; `UNSTATED` for a blank one. Raises ValueError for text that is no code."""
    if not code:
        return UNSTATED
    if code == "foreign":
        return Unit(is_foreign=True)
    scale, _, per = code.partition("/")
    if scale not in _SCALES or per not in _PER_LABELS:
        raise ValueError(code)
    return Unit(_SCALES[scale], per or None)  # type: ignore[arg-type]


def label_of(code: str) -> str:
    """Return a unit's name on the screen: 万元/年, 元/天, 千元; blank if unstated."""
    if code in ("", "foreign"):
        return "外币" if code else ""
    scale, _, per = code.partition("/")
    named = _SCALE_LABELS[scale] or ("元" if per else "")
    return f"{named}/{_PER_LABELS[per]}" if per else named
