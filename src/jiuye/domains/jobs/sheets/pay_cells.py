"""A row's pay, from one column or from a column for each end."""

from dataclasses import replace
from functools import lru_cache

from jiuye.domains.jobs.pay import UNSTATED, Pay, PayDoubtful, PayError
from jiuye.domains.jobs.pay_text import parse_pay
from jiuye.domains.jobs.sheets.cells import Cells
from jiuye.domains.jobs.sheets.dates import range_made_a_date
from jiuye.domains.jobs.sheets.parsed import Choices
from jiuye.domains.jobs.sheets.units import PAY_FIELDS, code_of, unit_of_code, unit_of_header


def pay_of(cells: Cells, choices: Choices) -> Pay | None:
    """Return the row's pay; None for none, without an end if the figures cannot be published (a note says why)."""
    if (stated := cells.texts.get("pay_unit")) and (own := code_of(unit_of_header(f"({stated})"))):
        choices = replace(choices, units=dict.fromkeys(PAY_FIELDS, own))
    if cells.texts.get("pay"):
        code, unit = "pay", choices.units.get("pay", "")
        written = cells.line("pay")
        pay, fault, is_doubtful = _read(written, unit) if written else (None, "", False)
    else:
        code = "pay_min" if cells.texts.get("pay_min") else "pay_max"
        low, high = cells.line("pay_min"), cells.line("pay_max")
        if not (low or high):
            return None
        pay, fault, is_doubtful = _of_two(low, high, choices)
    if fault:
        cells.note(code, fault, holds=is_doubtful)
    return pay


def _of_two(low: str, high: str, choices: Choices) -> tuple[Pay | None, str, bool]:
    unit_low, unit_high = choices.units.get("pay_min", ""), choices.units.get("pay_max", "")
    if low and high:
        if unit_low == unit_high or not (unit_low and unit_high):
            return _read(f"{low}-{high}", unit_low or unit_high)
        one, other = _read(low, unit_low), _read(high, unit_high)
        if one[1] or other[1] or one[0] is None or other[0] is None:
            return one if one[1] else other
        return _joined(f"{low}-{high}", one[0], other[0])
    found, fault, is_doubtful = _read(low or high, unit_low if low else unit_high)
    if found is None or not found.stated or found.minimum != found.maximum:
        return found, fault, is_doubtful
    return (replace(found, maximum=None) if low else replace(found, minimum=None)), fault, is_doubtful


def _joined(written: str, low: Pay, high: Pay) -> tuple[Pay | None, str, bool]:
    minimum, maximum = low.minimum or low.maximum, high.maximum or high.minimum
    if minimum and maximum and minimum > maximum:
        return Pay(None, None, text=written), f"薪资“{written}”的下限高于上限，请改正", True
    return replace(low, minimum=minimum, maximum=maximum, text=written), "", False


@lru_cache(maxsize=8192)
def _read(written: str, unit: str) -> tuple[Pay | None, str, bool]:
    """Return the pay, what is wrong with it, and whether a person must look. Sheets repeat the same few texts."""
    if ends := range_made_a_date(written):
        return (
            Pay(None, None, text=written),
            f"薪资“{written[:40]}”是一个日期，原来可能写的是“{ends[0]}-{ends[1]}”，请填写薪资",
            True,
        )
    try:
        pay = parse_pay(written, unit_of_code(unit) if unit else UNSTATED)
    except PayDoubtful as error:
        return Pay(None, None, text=written), str(error), True
    except PayError as error:
        return Pay(None, None, text=written), str(error), False
    if pay.doubt:
        return Pay(None, None, text=written), pay.doubt, True
    return pay, "", False
