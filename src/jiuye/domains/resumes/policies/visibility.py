"""Rules of a resume's visibility, and which organisations a block covers."""

from collections.abc import Collection, Sequence

from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.models import RegionLevel
from jiuye.domains.resumes.states import VisibilityLevel
from jiuye.kernel.errors import Invalid
from jiuye.kernel.text import fold

WHOLE_COUNTRY = "000000"
MOST_PLACES = 10
MOST_BLOCKS = 50
CONSENT_TEXT_VERSION = "2026-11"
FINDERS = frozenset({"owner", "recruiter"})
"""Roles in an agency that may look for resumes."""


def checked_places(level: str, places: Collection[str]) -> list[str]:
    """Return the codes as they are stored, without those inside others; empty where the level has none. Raises `Invalid`."""
    if level not in VisibilityLevel.values:
        raise Invalid({"level": "请选择谁可以看到您的简历。"})
    if level != VisibilityLevel.AGENCIES:
        return []
    chosen = sorted(set(places))
    if not chosen:
        raise Invalid({"places": "请选择地区：至少一个省或市；对全国的职介可见，请勾选“全国”。"})
    if WHOLE_COUNTRY in chosen:
        return [WHOLE_COUNTRY]
    for code in chosen:
        if fault := fault_of_place(code):
            raise Invalid({"places": fault})
    apart = [one for one in chosen if not any(step.code in chosen for step in reference.ancestors(one)[:-1])]
    if len(apart) > MOST_PLACES:
        raise Invalid(
            {"places": f"最多选 {MOST_PLACES} 个地区，现在有 {len(apart)} 个。可以改选所在的省，或勾选“全国”。"}
        )
    return apart


def fault_of_place(code: str) -> str:
    """Return why a code cannot be chosen; empty when it can. A county is not widened to its city: that would show the
    resume to more agencies than chosen.
    """
    if not reference.has_region(code):
        return "没有找到这个地区，请在列表里选择省或市。"
    place = reference.region(code)
    if place.level == RegionLevel.COUNTY.value and len(reference.ancestors(code)) > 2:
        return f"“{place.name}”是区县，请选择它所在的市或省。"
    return ""


def places_of_agency(region_code: str) -> list[str]:
    """Return the places of which a resume needs one for an agency in this region to find it."""
    return [WHOLE_COUNTRY, *(step.code for step in reference.ancestors(region_code))]


def name_key(name: str) -> str:
    """Return the name for comparison: without spaces, width, case and traditional forms."""
    return "".join(fold(name).split())[:100]


def name_keys(names: Sequence[str]) -> list[str]:
    """Return the keys of several names."""
    return [key for key in map(name_key, names) if key]
