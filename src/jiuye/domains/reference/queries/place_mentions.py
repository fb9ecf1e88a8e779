"""Places within a text of several words, as people search: `长沙 会计`, `北京朝阳区保安`, `苏州工业园区 电工`."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from jiuye.domains.reference.queries.region_names import DEPTH, beginnings, is_word
from jiuye.domains.reference.queries.region_walk import RegionReading, Walk
from jiuye.domains.reference.queries.region_words import LARGE
from jiuye.domains.reference.queries.regions import ancestors, region
from jiuye.kernel.text import fold_with_origins

LONGEST_TEXT = 100
_WORD = re.compile(r"\w")
# A token that begins with a place and has one of these is somebody's name: 成都银行, 上海某某科技有限公司.
_SOMEBODY = re.compile(
    "银行|大学|学院|航空|医院|集团|公司|股份|有限|现代|啤酒|日报|电视台|证券|保险公司|人才|人力资源|劳务|服务中心|职介"
)


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a text: the characters from `start` to `end` (exclusive) of the text as it was given.

    `codes`: the divisions that may be meant, the likeliest first: several for 鼓楼, one for 南京鼓楼. `zone`: the name of a
    zone or quarter (苏州工业园区), which lies within the division and is written in addresses; blank for a division.
    `is_sure`: a place is meant, rather than an ordinary word (平安), or a part of an employer's name (成都银行) or of a longer
    word.
    """

    start: int
    end: int
    codes: tuple[str, ...]
    zone: str
    is_sure: bool


@lru_cache(maxsize=4096)
def places_in(text: str) -> tuple[PlaceMention, ...]:
    """Return the places that a text names, from left to right, without overlaps.

    Names are those of `find_region`: official and short names at every level, former names, zones; one mention for
    names that go on from each other (湖南长沙, 北京 朝阳区). A name that several divisions share means the one inside
    another mention if there is such (朝阳 保安 北京). Streets are no places (南京东路). Only the first 100 characters
    are looked at. Costs about 10 µs a character where names begin, nothing for a cached text.
    """
    written = unicodedata.normalize("NFKC", text[:LONGEST_TEXT])
    folded, origins = fold_with_origins(text[:LONGEST_TEXT])
    found = list(_scan(folded, origins))
    if len(written) == len(text[:LONGEST_TEXT]) and written.lower() != folded:  # 乾县 is not traditional for 干县
        same = list(range(len(written)))
        found += [one for one in _scan(written, same) if not any(_overlap(one, other) for other in found)]
    return tuple(_disambiguated(sorted(found, key=lambda one: one.start)))


def _scan(text: str, origins: Sequence[int]) -> Iterator[PlaceMention]:
    position = 0
    while position < len(text) - 1:
        begins = text[position : position + 2] in beginnings()
        reading = Walk(text, text, position, is_search=True).best() if begins else None
        if reading is None:
            position += 1
            continue
        codes = tuple(sorted(reading.codes, key=_likelihood))
        is_sure = _is_sure(text, position, reading)
        yield PlaceMention(origins[position], origins[reading.end - 1] + 1, codes, reading.zone, is_sure)
        position = reading.end


def _is_sure(text: str, start: int, reading: RegionReading) -> bool:
    name = text[start : reading.end]
    begins = start == 0 or not _WORD.match(text, start - 1)
    ends = not _WORD.match(text, reading.end)
    if is_word(name, alone=begins and ends):
        return False
    if begins and ends:
        return True
    token = re.compile(r"\w*").match(text, reading.end)
    if token and _SOMEBODY.search(token[0]):
        return False
    if reading.is_official:
        return True
    known = region(reading.codes[0])
    return known.level != "county" or (begins and (known.name.endswith("市") or len(name) > 2))


def _likelihood(code: str) -> tuple[bool, int, str]:
    """Order divisions of one name: those of the large cities, then the upper levels."""
    known = region(code)
    return known.parent not in LARGE and code not in LARGE, DEPTH[known.level], code


def _disambiguated(found: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    clear = {one.codes[0] for one in found if len(one.codes) == 1 and one.is_sure}
    for one in found:
        inside = tuple(code for code in one.codes if any(step.code in clear for step in ancestors(code)))
        yield replace(one, codes=inside, is_sure=True) if len(one.codes) > 1 and inside else one


def _overlap(one: PlaceMention, other: PlaceMention) -> bool:
    return one.start < other.end and other.start < one.end
