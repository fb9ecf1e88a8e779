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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from jiuye.domains.reference.queries.region_names import DEPTH, Name, beginnings, likeliest, longest_name, names
from jiuye.domains.reference.queries.region_words import NO_SUFFIX, is_other_word, may_be_meant_alone, may_have_suffix
from jiuye.domains.reference.queries.regions import MUNICIPALITY_CITIES, ancestors, counties, region
from jiuye.kernel.text import fold

_SEPARATOR = r"(?:[\s\-–—_·・/|,，、;；:：.。>》()（）\[\]【】]|市辖区|(?:省|自治区)直辖县级行政区划)"
_SEPARATORS = re.compile(f"{_SEPARATOR}*")
_BETWEEN_PARTS = re.compile(f"{_SEPARATOR}+")
_OPENING = re.compile(r"(?:工作|上班|办公)?(?:地点|地址|城市|区域)[:：]|(?:中国|中华人民共和国)(?=\W{0,3}\w)")
_SUFFIXES = {"province": "省市区", "city": "市州盟", "county": "县市区旗"}
_STREET_BEFORE = re.compile("[路街巷道号楼镇村]")
_WORD = re.compile(r"\w")
_MISSPELT_START = 4
LONGEST_TEXT = 200
"""A workplace has no more characters; the rest of a longer text is not looked at for names."""


@dataclass(frozen=True, slots=True)
class RegionMatch:
    """The meaning of a text: the division's code, and the rest of the text (street, development zone), perhaps empty."""

    code: str
    rest: str


@dataclass(frozen=True, slots=True)
class RegionReading:
    """What a text may mean.

    `codes`: the divisions that explain equally much of it, one if it is certain. `rest`: what follows the name; a zone's
    name stays in it. `common`: what the text names above several divisions (河北 of 河北省桥西区). `certain`: the name
    alone says that a place is meant (an official name, two levels, or nothing else in the text), so that it is worth a
    contradiction. `end`: where the explained part ends, with a zone's name. `zone`: the zone's name, blank without one.
    `is_official`: it begins with an official name, or names more than one level.
    """

    codes: tuple[str, ...]
    rest: str
    common: RegionMatch | None
    certain: bool
    end: int
    zone: str = ""
    is_official: bool = False


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
    if known := _by_full_name(written):
        return None if inside and inside not in _path(known.codes[0]) else known
    start = _after_opening(written)
    if len(written) - start < 2 or (inside and written[start : start + 2] not in beginnings() and written.isascii()):
        return None
    found = _understand(written, written, inside)
    simplified = fold(written)
    if simplified != written.lower() and len(simplified) == len(
        written
    ):  # 廣東省; but 乾县 is the same in both scripts
        found = max((found, _understand(simplified, written, inside)), key=_says)
    return found


def _by_full_name(text: str) -> RegionReading | None:
    """Read a text that begins with a county's full official name, as most cells of boards and agencies do."""
    for length in _lengths_of_full_names():
        if code := _full_names().get(text[:length]):
            rest = text[_after_separators(text, length) :].rstrip(" )）】]")
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
        if other and (found is None or len(other.codes) == 1) and not _WORD.match(turned, other.end):
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
    return _after_separators(text, opening.end() if opening else 0)


class Walk:
    """All walks over one text from `start`, inside a division or (blank) anywhere.

    `officially` restricts the first step to provinces and cities. `text` is parsed; `written` is the same as it was,
    character for character: the rest is cut from it.
    """

    def __init__(self, text: str, written: str, start: int, *, inside: str = "", officially: bool = False) -> None:
        self.text, self.written, self.start = text, written, start
        self.inside, self.officially = inside, officially
        # Division → (end of what was explained, end of what was consumed): a zone's name is explained and stays.
        self.reached: dict[str, tuple[int, int]] = {}
        self.official_start = False
        self._go(inside, start)

    def best(self) -> RegionReading | None:
        """Return the divisions that explain most of the text, the lowest of those that contain each other."""
        own = self.ends()
        if not own:
            return None
        furthest = max(explained for explained, _ in own.values())
        ends = [code for code, (explained, _) in own.items() if explained == furthest]
        lowest = [code for code in ends if not any(code in _path(other) for other in ends if other != code)]
        consumed = min(own[code][1] for code in lowest)
        whole = furthest >= len(self.text) or not _WORD.match(self.text, furthest)
        official = self.official_start or (len(lowest) == 1 and self._has_step_above(lowest[0]))
        codes = tuple(sorted({MUNICIPALITY_CITIES.get(code, code) for code in lowest}))
        zone = self.written[_after_separators(self.text, consumed) : furthest]
        return RegionReading(
            codes, self._rest(consumed), self._common(lowest), whole or official, furthest, zone, official
        )

    def _common(self, codes: Sequence[str]) -> RegionMatch | None:
        shared = [code for code in _shared_path(codes) if code in self.reached] if len(codes) > 1 else []
        if not shared:
            return None
        return RegionMatch(MUNICIPALITY_CITIES.get(shared[-1], shared[-1]), self._rest(self.reached[shared[-1]][1]))

    def _rest(self, consumed: int) -> str:
        return self.written[_after_separators(self.text, consumed) :].rstrip(" )）】]")

    def ends(self) -> dict[str, tuple[int, int]]:
        """Return what was reached beyond `inside`."""
        return {code: end for code, end in self.reached.items() if end[0] > self.start}

    def _has_step_above(self, code: str) -> bool:
        return any(step in self.reached and step not in (code, self.inside) for step in _path(code))

    def _go(self, code: str, position: int) -> None:
        """Record that `code` was reached, then try every step from here."""
        if code:
            self._settle(code, position, position)
        position = _after_separators(self.text, position)
        for name, length in self._next_names(code, position):
            if code == self.inside:
                self.official_start = self.official_start or (name.official and not name.zone)
            if name.zone:
                self._settle(name.code, position + length, position)
                self._go_on_from_zone(name.code, _after_separators(self.text, position + length))
                continue
            self._go(name.code, position + length)
            if self._has_other_suffix(code, name, position, length):
                self._go(name.code, position + length + 1)
        if code:
            self._repeat(code, position)

    def _go_on_from_zone(self, code: str, position: int) -> None:
        """Read a division after a zone's name: 雄安新区容城县."""
        for name, length in self._next_names(code, position):
            if not name.zone:
                self._go(name.code, position + length)

    def _settle(self, code: str, explained: int, consumed: int) -> None:
        self.reached[code] = max((explained, consumed), self.reached.get(code, (0, 0)))

    def _next_names(self, code: str, position: int) -> Iterator[tuple[Name, int]]:
        if self.text[position : position + 2] not in beginnings():
            return
        for length in range(min(longest_name(), len(self.text) - position), 1, -1):
            written = self.text[position : position + length]
            known = names().get(written)
            if not known:
                continue
            if not known[0].code:
                return
            inside = [name for name in known if self._may_follow(code, name, position, position + length)]
            if not code and len(inside) < sum(name.alone for name in known):
                # What cannot be meant of one county can't of another of the same name, however large its city.
                inside = [name for name in inside if name.official or name.level != "county"]
            if inside:
                yield from ((name, length) for name in likeliest(written if not code else "", inside))

    def _may_follow(self, code: str, name: Name, position: int, end: int) -> bool:
        if is_other_word(name, self.text, end):
            return False
        if not code:
            if self.officially and (name.zone or name.level == "county"):
                return False
            return name.alone and (
                self._has_other_suffix("", name, position, end - position)
                or may_be_meant_alone(name, self.text, end)
                or any(self._next_names(name.code, end))
            )
        if code not in name.path or (code == name.code and not name.zone):
            return False
        longer = names().get(self.text[position : end + 1])
        if longer and not name.zone and not any(code in other.path for other in longer):
            return False  # 北京 and 朝阳市
        return name.alone or region(code).level != "province" or code in MUNICIPALITY_CITIES

    def _has_other_suffix(self, code: str, name: Name, position: int, length: int) -> bool:
        """Match 双流县 for today's 双流区, 广西省 for 广西壮族自治区; not 大理市, which is another place."""
        end = position + length
        following = self.text[end : end + 1]
        if name.official or name.zone or not following or following not in _SUFFIXES[name.level]:
            return False
        if NO_SUFFIX.match(self.text, end) or not may_have_suffix(name, self.text[position:end], following):
            return False
        others = names().get(self.text[position : end + 1], ())
        if code and self.text[position:end] != region(name.code).short_name:  # a former name: 重庆's 江北区, not 宁波's
            return not any(code in other.path for other in others)
        return not others

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


def _shared_path(codes: Sequence[str]) -> list[str]:
    return [steps[0] for steps in zip(*map(_path, codes), strict=False) if len(set(steps)) == 1]


@lru_cache(maxsize=4096)
def _path(code: str) -> tuple[str, ...]:
    return tuple(step.code for step in ancestors(code))


def _after_separators(text: str, position: int) -> int:
    matched = _SEPARATORS.match(text, position)
    return matched.end() if matched else position
