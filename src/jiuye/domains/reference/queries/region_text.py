"""Parse regions as people write them: `四川省成都红星路`, `上海-奉贤区`, `江苏-苏州-昆山`, `深圳南山`.

The text is walked from its beginning, each step going from a division to one inside it whose name comes next. All
walks are tried, because names overlap (济南市中区 is 济南 + 市中区, not 济南市 + 中区). The walk that explains most
of the text wins, then the one that reaches the lowest level. If two places fit equally well, the answer is their
common division, or none.

Short names are also names of streets, estates and schools all over the country (洪泽湖路, 西乡街道, 中山公园), so a short
name without its city counts only if what follows it is no such word: better no place than another one.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from jiuye.domains.reference import catalogue
from jiuye.domains.reference.queries.region_names import DEPTH, beginnings
from jiuye.domains.reference.queries.region_walk import (
    SEPARATOR,
    WORD,
    RegionMatch,
    RegionReading,
    Walk,
    after_separators,
    path_of,
)
from jiuye.domains.reference.queries.regions import MUNICIPALITY_CITIES, ancestors, counties, region
from jiuye.kernel.text import fold

_BETWEEN_PARTS = re.compile(f"{SEPARATOR}+")
_OPENING = re.compile(r"(?:工作|上班|办公)?(?:地点|地址|城市|区域)[:：]|(?:中国|中华人民共和国)(?=\W{0,3}\w)")
_STREET_BEFORE = re.compile("[路街巷道号楼镇村]")
_MISSPELT_START = 4
LONGEST_TEXT = 200
"""A workplace has no more characters; the rest of a longer text is not looked at for names."""


@lru_cache(maxsize=8192)
def find_region(text: str) -> RegionMatch | None:
    """Return the lowest division that a text names; None if it names none (全国) or more than one (鼓楼区).

    A municipality's own name gives its city (北京 → 110100). Costs about 50 µs, nothing for a cached text.
    """
    reading = read_region(text)
    if reading is None:
        return None
    return RegionMatch(reading.codes[0], reading.rest) if len(reading.codes) == 1 else reading.common


@lru_cache(maxsize=8192)
def read_region(text: str, inside: str = "") -> RegionReading | None:
    """Return the divisions that a text names, the lowest; None if it names none.

    `inside`: a division that is already known: the text then goes on from it (洪山区 inside 武汉), and None means that
    it names nothing inside.
    """
    written = _line(text)
    if written.isascii():
        return _by_pinyin(written, inside)
    if known := _by_full_name(written):
        return None if inside and inside not in path_of(known.codes[0]) else known
    start = _after_opening(written)
    if len(written) - start < 2:
        return None
    found = _understand(written, written, inside)
    simplified = fold(written)
    if simplified != written.lower() and len(simplified) == len(
        written
    ):  # 廣東省; but 乾县 is the same in both scripts
        found = max((found, _understand(simplified, written, inside)), key=_says)
    return found


def _by_pinyin(text: str, inside: str) -> RegionReading | None:
    """Read a province or city in Latin letters: Shanghai, Xi'an, Wuhan City. Suzhou may be two."""
    letters = re.sub("[^a-z]", "", text.lower()).removesuffix("china")
    for suffix in ("", "city", "shi", "province", "sheng"):
        codes = tuple(
            code for code in _pinyin().get(letters.removesuffix(suffix), ()) if not inside or inside in path_of(code)
        )
        if codes:
            return RegionReading(codes, "", None, certain=True, end=len(text))
    return None


@cache
def _pinyin() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for known in catalogue.regions().values():
        if known.level != "county" and known.code not in MUNICIPALITY_CITIES:
            found[known.pinyin].append(known.code)
    return found


def _by_full_name(text: str) -> RegionReading | None:
    """Read a text that begins with a county's full official name, as most cells of boards and agencies do."""
    for length in _lengths_of_full_names():
        if code := _full_names().get(text[:length]):
            rest = text[after_separators(text, length) :].rstrip(" )）】]")
            own = region(code)
            if rest.startswith((own.name, own.short_name)):  # said twice: the walk knows what to do
                return None
            return RegionReading((code,), rest, None, certain=True, end=length, is_official=True)
    return None


@cache
def _full_names() -> Mapping[str, str]:
    """Return the counties by their names with and without the province: 四川省成都市武侯区, 成都市武侯区."""
    found = {}
    for county in counties():
        if county.level == "county":
            path = [step.name for step in ancestors(county.code)]
            found["".join(dict.fromkeys(path))] = county.code
            if len(path) > 2:
                found["".join(path[1:])] = county.code
    return found


@cache
def _lengths_of_full_names() -> Sequence[int]:
    return sorted({len(name) for name in _full_names()}, reverse=True)


def _line(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).strip()


def _says(reading: RegionReading | None) -> tuple[int, int, int]:
    """Rank a reading: the lower the level and the less left over, the better."""
    if reading is None:
        return 0, 0, 0
    certain = len(reading.codes) == 1
    return int(certain), DEPTH[region(reading.codes[0]).level] if certain else 0, -len(reading.rest)


def _understand(text: str, written: str, inside: str) -> RegionReading | None:
    """Return the best reading of `text`: from its beginning, else reversed, else after garbled characters."""
    start = _after_opening(text)
    found = Walk(text, written, start, inside=inside).best()
    if inside:
        return found
    parts = [part for part in _BETWEEN_PARTS.split(text) if part]
    if (found is None or len(found.codes) > 1) and 1 < len(parts) <= 4:  # 朝阳区-北京: smallest first
        turned = "-".join(reversed(parts))
        other = Walk(turned, turned, 0).best()
        if other and (found is None or len(other.codes) == 1) and not WORD.match(turned, other.end):
            found = other
    for skipped in range(1, _MISSPELT_START + 1):  # 广省惠州惠城区: something garbled before the name
        if found is None and len(text) > skipped + 1 and _is_garbled(text[:skipped]):
            found = _after_garbled(text, written, start + skipped)
    return found


def _is_garbled(before: str) -> bool:
    """Whether nothing would be lost by leaving out the beginning of a text: no street, and no other name."""
    return not _STREET_BEFORE.search(before) and not any(
        before[at : at + 2] in beginnings() for at in range(len(before))
    )


def _after_garbled(text: str, written: str, start: int) -> RegionReading | None:
    found = Walk(text, written, start, officially=True).best()
    return found if found and found.certain and len(found.codes) == 1 else None


def _after_opening(text: str) -> int:
    opening = _OPENING.match(text)
    return after_separators(text, opening.end() if opening else 0)
