"""Rows of the reference tables for foreign keys, without loading all of them."""

from typing import TypeVar

from jiuye.domains.reference import catalogue
from jiuye.domains.reference.models import Industry, Occupation, Region

CHENGDU = "510100"
WUHOU = "510107"
SHENZHEN = "440300"
NANSHAN = "440305"
BEIJING = "110100"
SOFTWARE_ENGINEER = "2-02-10-03"
WELDER = "6-18-02-04"
SOFTWARE_INDUSTRY = "65"
Row = TypeVar("Row", Region, Occupation, Industry)


def region(code: str = WUHOU) -> Region:
    """The region's row with the rows above it."""
    return _with_those_above(_region(code))


def occupation(code: str = SOFTWARE_ENGINEER) -> Occupation:
    """The occupation's row with the classes above it."""
    return _with_those_above(_occupation(code))


def industry(code: str = SOFTWARE_INDUSTRY) -> Industry:
    """The division's row with its section."""
    return _with_those_above(_industry(code))


def _with_those_above(row: Row) -> Row:
    """Write the rows that are not there yet, in one statement: nearly every test needs some."""
    rows = [row]
    while rows[-1].parent:
        rows.append(rows[-1].parent)
    type(row)._default_manager.bulk_create(reversed(rows), ignore_conflicts=True)
    return row


def _region(code: str) -> Region:
    known = catalogue.regions()[code]
    values = {name: getattr(known, name) for name in ("name", "short_name", "level", "pinyin", "initials")}
    place = {"longitude": known.longitude, "latitude": known.latitude}
    return Region(code=code, parent=_region(known.parent) if known.parent else None, **values, **place)


def _occupation(code: str) -> Occupation:
    known = catalogue.occupations()[code]
    values = {name: getattr(known, name) for name in ("name", "level", "digital", "green", "pinyin", "initials")}
    parent = _occupation(known.parent) if known.parent else None
    return Occupation(code=code, aliases=list(known.aliases), parent=parent, **values)


def _industry(code: str) -> Industry:
    known = catalogue.industries()[code]
    parent = _industry(known.parent) if known.parent else None
    return Industry(code=code, name=known.name, level=known.level, parent=parent)
