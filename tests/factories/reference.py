"""Rows of the reference tables for foreign keys, without loading all of them."""

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


def region(code: str = WUHOU) -> Region:
    """The region's row with the rows above it."""
    known = catalogue.regions()[code]
    parent = region(known.parent) if known.parent else None
    values = {name: getattr(known, name) for name in ("name", "short_name", "level", "pinyin", "initials")}
    place = {"longitude": known.longitude, "latitude": known.latitude}
    return Region.objects.get_or_create(code=code, defaults={**values, **place, "parent": parent})[0]


def occupation(code: str = SOFTWARE_ENGINEER) -> Occupation:
    """The occupation's row with the classes above it."""
    known = catalogue.occupations()[code]
    parent = occupation(known.parent) if known.parent else None
    values = {name: getattr(known, name) for name in ("name", "level", "digital", "green", "pinyin", "initials")}
    return Occupation.objects.get_or_create(
        code=code, defaults={**values, "aliases": list(known.aliases), "parent": parent}
    )[0]


def industry(code: str = SOFTWARE_INDUSTRY) -> Industry:
    """The division's row with its section."""
    known = catalogue.industries()[code]
    parent = industry(known.parent) if known.parent else None
    return Industry.objects.get_or_create(
        code=code, defaults={"name": known.name, "level": known.level, "parent": parent}
    )[0]
