"""Every name that may mean a division: official and short names, former names, zones, and what only looks like one."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jiuye.domains.reference import catalogue
from jiuye.domains.reference.catalogue import Region
from jiuye.domains.reference.queries.regions import ancestors, region

DEPTH = {"province": 1, "city": 2, "county": 3}
# Full names that mean nothing without their city, though only one of them may be in the tables.
_GENERIC = re.compile(r"[东西南北中城郊矿新]+区")
# Names of divisions that were dissolved since this year are still in use (闸北区, 重庆's 江北区).
_STILL_USED_SINCE = 2010
# Cities and provinces that have their name from or share it with a county elsewhere, and are no likelier than it.
_DOUBTFUL_CITIES = frozenset({"朝阳"})


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a division. A zone's name leads to its division without being consumed: it stays in the rest.

    `path`: the division and those above it. `alone`: the name means something without a division before it. A name
    without a code is none (杭州湾 is a bay): no shorter name begins there either (杭州).
    """

    code: str
    level: str
    path: frozenset[str]
    official: bool
    alone: bool = True
    zone: bool = False


@cache
def names() -> Mapping[str, list[Name]]:
    """Return every name that may occur in a text, with its possible divisions."""
    found: dict[str, list[Name]] = defaultdict(list)
    for place in catalogue.regions().values():
        path = frozenset(step.code for step in ancestors(place.code))
        for name in _written_forms(place):
            official = name == place.name
            alone = not _GENERIC.fullmatch(name)
            found[name].append(Name(place.code, place.level, path, official, alone=alone))
    for former in catalogue.former_regions().values():
        if former.replaced_by and (former.last_year or 0) >= _STILL_USED_SINCE:
            place = region(former.replaced_by)
            path = frozenset(step.code for step in ancestors(place.code))
            if not any(one.code in path or place.code in one.path for one in found.get(former.name, ())):
                found[former.name].append(Name(place.code, former.level, path, official=True))
    for zone in catalogue.places():
        if not zone.code:
            found[zone.name] = [Name("", "", frozenset(), official=False)]
            continue
        place = region(zone.code)
        path = frozenset(step.code for step in ancestors(place.code))
        found[zone.name].append(Name(place.code, place.level, path, False, alone=zone.alone, zone=not zone.former))
    return found


def is_word(name: str, *, alone: bool) -> bool:
    """Return whether a short name is an ordinary word, or a part of somebody's name: 平安, 大厂; 越秀 unless it stands `alone`."""
    return name in catalogue.place_words() and not (alone and catalogue.place_words()[name])


@cache
def longest_name() -> int:
    """Return the length of the longest name."""
    return max(map(len, names()))


@cache
def beginnings() -> frozenset[str]:
    """Return the first two characters of every name: where none of them is, no name begins."""
    return frozenset(name[:2] for name in names())


def begins_with_region(text: str) -> bool:
    """Return whether a name could begin the text: a quick no for most streets."""
    return text[:2] in beginnings()


def likeliest(name: str, meanings: list[Name]) -> list[Name]:
    """Return what a name means without a division before it: a province or city of this name rather than a county elsewhere."""
    top = min(DEPTH[one.level] for one in meanings)
    if name in _DOUBTFUL_CITIES:
        return meanings
    return [one for one in meanings if DEPTH[one.level] == top]


def _written_forms(place: Region) -> set[str]:
    """Return other forms: 恩施土家族苗族自治州 is also 恩施 and 恩施州; 河南蒙古族自治县 is also 河南县."""
    forms = {place.name, place.short_name}
    if len(place.name) > len(place.short_name) + 1:
        forms.add(place.short_name + place.name[-1])
    return forms
