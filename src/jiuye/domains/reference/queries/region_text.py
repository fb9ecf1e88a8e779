"""Parse regions as people write them: `四川省成都红星路`, `上海-奉贤区`, `江苏-苏州-昆山`, `深圳南山`.

The text is walked from its beginning, each step going from a division to one inside it whose name comes next. All
walks are tried, because names overlap (济南市中区 is 济南 + 市中区, not 济南市 + 中区). The walk that explains most
of the text wins, then the one that reaches the lowest level. If two places fit equally well, the answer is their
common division, or none.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from jiuye.domains.reference import catalogue
from jiuye.domains.reference.catalogue import Region
from jiuye.domains.reference.queries.regions import MUNICIPALITY_CITIES, ancestors, region
from jiuye.kernel.text import fold

_DEPTH = {"province": 1, "city": 2, "county": 3}
_SEPARATOR = r"(?:[\s\-–—_·・/|,，、;；:：.。>》()（）\[\]【】]|市辖区|(?:省|自治区)直辖县级行政区划)"
_SEPARATORS = re.compile(f"{_SEPARATOR}*")
_BETWEEN_PARTS = re.compile(f"{_SEPARATOR}+")
_OPENING = re.compile(r"(?:工作|上班|办公)?(?:地点|地址|城市|区域)[:：]|(?:中国|中华人民共和国)(?=\W*\w)")
# A short name before these is a street name, wherever that may be (南京东路); 唐山's districts 路南 and 路北 are no
# streets.
_STREET = re.compile(r"[东西南北中一二三四五六七八九十]{0,2}(?:路(?![南北](?:区|\W|$))|街(?!道)|大道|大街|高速)")
_SUFFIXES = {"province": "省市区", "city": "市州盟", "county": "县市区旗"}
# Full names that mean nothing without their city, though only one of them may be in the tables.
_GENERIC = re.compile(r"[东西南北中城郊矿新]+区")
_MISSPELT_START = 4


@dataclass(frozen=True, slots=True)
class RegionMatch:
    """The meaning of a text: the division's code, and the rest of the text (street, development zone), perhaps empty."""

    code: str
    rest: str


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of a division. A zone's name leads to its division without being consumed: it stays in the rest."""

    code: str
    level: str
    path: frozenset[str]
    official: bool
    alone: bool = True
    zone: bool = False


@lru_cache(maxsize=8192)
def find_region(text: str) -> RegionMatch | None:
    """Return the lowest division that a text names; None if it names none (全国) or more than one (鼓楼区).

    A municipality's own name gives its city (北京 → 110100). Costs about 50 µs, nothing for a cached text.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    found = _understand(written, written)
    simplified = fold(written)
    if simplified != written.lower() and len(simplified) == len(
        written
    ):  # 廣東省; but 乾县 is the same in both scripts
        found = max((found, _understand(simplified, written)), key=_says)
    return found


def _says(match: RegionMatch | None) -> tuple[int, int]:
    """Rank a reading: the lower the level and the less left over, the better."""
    return (_DEPTH[region(match.code).level], -len(match.rest)) if match else (0, 0)


def _understand(text: str, written: str) -> RegionMatch | None:
    """Return the best reading of `text`: from its beginning, else reversed, else after garbled characters."""
    opening = _OPENING.match(text)
    start = _after_separators(text, opening.end() if opening else 0)
    found = _Walk(text, written, start).best()
    parts = [part for part in _BETWEEN_PARTS.split(text) if part]
    if found is None and 1 < len(parts) <= 4:  # 朝阳区-北京: smallest first
        turned = "-".join(reversed(parts))
        found = _Walk(turned, turned, 0).best()
    for skipped in range(1, _MISSPELT_START + 1):  # 广省惠州: something garbled before the name
        if found is None and len(text) > skipped + 1:
            found = _Walk(text, written, start + skipped, officially=True).best()
    return found


class _Walk:
    """All walks over one text from `start`; `officially` restricts the first step to provinces and cities.

    `text` is parsed; `written` is the same as it was, character for character: the rest is cut from it.
    """

    def __init__(self, text: str, written: str, start: int, *, officially: bool = False) -> None:
        self.text = text
        self.written = written
        self.officially = officially
        self.reached: dict[str, int] = {}
        self._go("", start)

    def best(self) -> RegionMatch | None:
        """Return the best division, or the common one of all the best."""
        if not self.reached:
            return None
        scores = {code: (end, _DEPTH[region(code).level]) for code, end in self.reached.items()}
        highest = max(scores.values())
        winners = [code for code, score in scores.items() if score == highest]
        code: str | None = winners[0]
        if len(winners) > 1:
            code = next((step for step in reversed(_shared_path(winners)) if step in self.reached), None)
        if code is None:
            return None
        rest = self.written[_after_separators(self.text, self.reached[code]) :]
        return RegionMatch(MUNICIPALITY_CITIES.get(code, code), rest.rstrip(" )）】]"))

    def _go(self, code: str, position: int) -> None:
        """Record that `code` was reached, then try every step from here."""
        if code:
            self.reached[code] = max(position, self.reached.get(code, 0))
        position = _after_separators(self.text, position)
        for name, length in self._next_names(code, position):
            if name.zone:
                self._settle(name.code, position)
                continue
            self._go(name.code, position + length)
            if self._has_other_suffix(name, position, length):
                self._go(name.code, position + length + 1)
        if code:
            self._repeat(code, position)

    def _next_names(self, code: str, position: int) -> Iterator[tuple[_Name, int]]:
        for length in range(min(_longest_name(), len(self.text) - position), 1, -1):
            known = _names().get(self.text[position : position + length])
            if not known:
                continue
            inside = [
                name
                for name in known
                if self._may_follow(code, name) and not self._is_other_word(name, position + length)
            ]
            top = min((_DEPTH[name.level] for name in inside), default=0)
            for name in inside:
                if _DEPTH[name.level] == top:
                    yield name, length

    def _may_follow(self, code: str, name: _Name) -> bool:
        if not code:
            return name.alone and not (self.officially and (name.zone or name.level == "county"))
        if not name.alone:
            return (
                code in name.path
                and code != name.code
                and (region(code).level != "province" or code in MUNICIPALITY_CITIES)
            )
        return code in name.path and code != name.code

    def _has_other_suffix(self, name: _Name, position: int, length: int) -> bool:
        """Match 双流县 for today's 双流区, 广西省 for 广西壮族自治区; not 大理市, which is another place."""
        following = self.text[position + length : position + length + 1]
        if name.official or not following or following not in _SUFFIXES[name.level]:
            return False
        return self.text[position : position + length + 1] not in _names()

    def _is_other_word(self, name: _Name, end: int) -> bool:
        """Exclude other words: 河北区域经理 is not about 河北区, nor 南京东路 about 南京."""
        if self.text.startswith("域", end):
            return True
        return not name.official and not name.zone and _STREET.match(self.text, end) is not None

    def _settle(self, code: str, position: int) -> None:
        self.reached[code] = max(position, self.reached.get(code, 0))

    def _repeat(self, code: str, position: int) -> None:
        """Consume a repeated name (上海上海, 安徽省安徽省, 龙华区龙华) if nothing or a place inside comes after it."""
        own = region(code)
        for name in (own.name, own.short_name):
            end = position + len(name)
            if not self.text.startswith(name, position):
                continue
            after = _after_separators(self.text, end)
            if after > end or after == len(self.text) or any(self._next_names(code, after)):
                self._go(code, end)


def _shared_path(codes: list[str]) -> list[str]:
    paths = [[step.code for step in ancestors(code)] for code in codes]
    return [steps[0] for steps in zip(*paths, strict=False) if len(set(steps)) == 1]


def _after_separators(text: str, position: int) -> int:
    matched = _SEPARATORS.match(text, position)
    return matched.end() if matched else position


@cache
def _longest_name() -> int:
    return max(map(len, _names()))


@cache
def _names() -> Mapping[str, list[_Name]]:
    """Return every name that may occur in a text, with its possible divisions."""
    found: dict[str, list[_Name]] = defaultdict(list)
    for place in catalogue.regions().values():
        path = frozenset(step.code for step in ancestors(place.code))
        for name in _written_forms(place):
            official = name == place.name
            alone = len(name) > 2 or not _GENERIC.fullmatch(name)
            found[name].append(_Name(place.code, place.level, path, official, alone=alone))
    for zone in catalogue.places():
        place = region(zone.code)
        path = frozenset(step.code for step in ancestors(place.code))
        found[zone.name].append(_Name(place.code, place.level, path, False, alone=zone.alone, zone=not zone.former))
    return found


def _written_forms(place: Region) -> set[str]:
    """Return other forms: 恩施土家族苗族自治州 is also 恩施 and 恩施州; 河南蒙古族自治县 is also 河南县."""
    forms = {place.name, place.short_name}
    if len(place.name) > len(place.short_name) + 1:
        forms.add(place.short_name + place.name[-1])
    return forms
