"""Several places in one cell: `北京、上海、广州`, `北京/天津`, `上海市浦东新区、闵行区`; but `江苏/苏州/昆山` is one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.queries import RegionReading

MOST_PLACES = 20
_SEPARATORS = re.compile(r"[\s、,，;；/／|｜\\+＋&①-⑳]+|(?<=[^\d-])[-–—~·]+(?=[^\d-])|(?<!\d)\d{1,2}[.、)）](?=\D)")
# What people add to the last of several: 成都、重庆两地.
_ALL_OF_THEM = re.compile("^(?:[两三四五六七八九十]地|等地?|均可|任选|可选|皆可|都可以?|轮岗|均有门店|都有|双选)$")
_AND = re.compile("以及|和|或|及|与|兼")
# What may stand before a list: 全国（北京、上海）, 工作地点：北京、上海.
_BEFORE = re.compile(r"^(?:(?:工作|上班|办公)?(?:地点|地址|城市|区域)[:：]|\w{2,6}(?=[(（:：]))[(（:：]?")
_PEOPLE = re.compile(r"^[(（]?\d{1,4}[人名][)）]?$")


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a list: the divisions that it may be (one if it is certain), and the text that follows its name."""

    codes: tuple[str, ...]
    rest: str


def may_list(text: str) -> bool:
    """Return whether a cell could list places at all: nearly none does, so this is asked first."""
    return bool(_SEPARATORS.search(text) or _AND.search(text))


@lru_cache(maxsize=8192)
def listed_places(text: str, inside: str = "") -> tuple[Place, ...]:
    """Return the places of a cell if it lists two or more; else nothing, also if its parts make one place together.

    `inside`: the division that other columns name: 浦东新区、闵行区 inside 上海.
    """
    parts = list(_parts(text))
    if len(parts) < 2:
        return ()
    places: list[Place] = []
    for part in parts[: 3 * MOST_PLACES]:
        _add(places, part, inside)
    agreed = [_agreed(place, places) for place in places]
    distinct = {place.codes: place for place in reversed(agreed)}
    if len(distinct) < 2:
        return ()
    return tuple(Place(one.codes, _own_rest(one.rest)) for one in reversed(distinct.values()))


def _parts(text: str) -> Iterator[str]:
    before = _BEFORE.match(text)
    if before and not reference.read_region(before[0].rstrip("(（:：")) and _SEPARATORS.search(text, before.end()):
        text = text[before.end() :].rstrip("）) ")
    for part in filter(None, _SEPARATORS.split(text)):
        yield from _joined_by_and(part)


def _joined_by_and(part: str) -> Iterator[str]:
    """Split 北京和上海, but not 和平区: each side must be a place, the left one to its end."""
    for found in _AND.finditer(part):
        left, right = part[: found.start()], part[found.end() :]
        before = reference.read_region(left)
        if before and not before.rest and reference.read_region(right):
            yield left
            yield from _joined_by_and(right)
            return
    yield part


def _add(places: list[Place], part: str, inside: str) -> None:
    """Add what a part of the cell says: a place within the last one, the name above it, another place, or an address."""
    last = places[-1] if places else None
    around = last.codes[0] if last and len(last.codes) == 1 else "" if last else inside
    if last and _is_province(part):
        around = ""
    within = reference.read_region(part, around) if around else None
    if within and (last is None or not _is_repeated(within, around)):
        _put(places, last, Place(within.codes, within.rest))
        return
    sibling = _sibling(last, part) if last and around else None
    found = within or sibling or reference.read_region(part)
    if found is None:
        _append_rest(places, part)
    elif last is None:
        places.append(Place(found.codes, found.rest))
    elif shared := _consistent(last.codes, found.codes):
        places[-1] = Place(shared, " ".join(filter(None, (last.rest, found.rest))))
    elif _names_another(found, last):
        places.append(Place(found.codes, found.rest))
    else:
        _append_rest(places, part)


def _is_province(part: str) -> bool:
    """天津、河北 are two provinces, though 天津 has a 河北区."""
    found = reference.read_region(part)
    return found is not None and not found.rest and reference.region(found.codes[0]).level == "province"


def _own_rest(rest: str) -> str:
    return "" if _PEOPLE.match(rest) or _ALL_OF_THEM.match(rest) else rest


def _put(places: list[Place], last: Place | None, place: Place) -> None:
    if last is None:
        places.append(place)
    else:
        places[-1] = Place(place.codes, " ".join(filter(None, (last.rest, place.rest))))


def _is_repeated(reading: RegionReading, around: str) -> bool:
    return reading.codes == (around,) and not reading.zone


def _append_rest(places: list[Place], part: str) -> None:
    if places:
        places[-1] = Place(places[-1].codes, " ".join(filter(None, (places[-1].rest, part))))


def _sibling(last: Place, part: str) -> RegionReading | None:
    """Read a part inside the city, then the province, of the place before it: 深圳南山/福田, 浙江杭州、宁波."""
    for above in reversed(reference.ancestors(last.codes[0])[:-1]):
        found = reference.read_region(part, above.code)
        if found and found.codes != (above.code,) and len(found.codes) == 1:
            return found
    return None


def _consistent(known: Sequence[str], found: Sequence[str]) -> tuple[str, ...]:
    """Return the lower of each two divisions of which one contains the other."""
    lower = [b if is_within(b, a) else a for a in known for b in found if is_within(a, b) or is_within(b, a)]
    return tuple(dict.fromkeys(lower))


def is_within(code: str, around: str) -> bool:
    """Return whether a division is another one or within it."""
    return any(step.code == around for step in _ancestors(code))


@lru_cache(maxsize=4096)
def _ancestors(code: str) -> Sequence[reference.Region]:
    return reference.ancestors(code)


def _names_another(found: RegionReading, last: Place) -> bool:
    """Whether a name in a list is one more place. A county's short name far away is rather a quarter of the last place."""
    if len(found.codes) > 1 or not (found.certain or _ALL_OF_THEM.match(found.rest)):
        return False
    known = reference.region(found.codes[0])
    if (
        known.level == "county"
        and reference.region(last.codes[0]).level == "city"
        and not reference.children(last.codes[0])
    ):
        return False  # 东莞 and 中山 have towns only
    if known.level != "county" or found.is_official or known.name.endswith("市"):
        return True
    return any(known.parent in (step.code for step in _ancestors(code)) for code in last.codes)


def _agreed(place: Place, places: Sequence[Place]) -> Place:
    """Of a name that several divisions share (朝阳区、海淀区) keep those in a city of the other places."""
    if len(place.codes) == 1:
        return place
    cities = {reference.region(other.codes[0]).parent for other in places if len(other.codes) == 1}
    near = tuple(code for code in place.codes if reference.region(code).parent in cities)
    return Place(near, place.rest) if near else place
