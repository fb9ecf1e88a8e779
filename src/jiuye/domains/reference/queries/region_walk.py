"""The walk over a text that names a region: from a division to one inside it whose name comes next. See `region_text`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jiuye.domains.reference.queries.region_names import Name, beginnings, likeliest, longest_name, names
from jiuye.domains.reference.queries.region_words import NO_SUFFIX, is_other_word, may_be_meant_alone, may_have_suffix
from jiuye.domains.reference.queries.regions import MUNICIPALITY_CITIES, ancestors, region

SEPARATOR = r"(?:[\s\-–—_·・/|,，、;；:：.。>》()（）\[\]【】]|市辖区|(?:省|自治区)直辖县级行政区划)"
_SEPARATORS = re.compile(f"{SEPARATOR}*")
_SUFFIXES = {"province": "省市区", "city": "市州盟", "county": "县市区旗"}
WORD = re.compile(r"\w")


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


class Walk:
    """All walks over one text from `start`, inside a division or (blank) anywhere.

    `officially` restricts the first step to provinces and cities; `is_search` lets 东城区 mean the one that is called so.
    `text` is parsed; `written` is the same as it was, character for character: the rest is cut from it.
    """

    def __init__(
        self,
        text: str,
        written: str,
        start: int,
        *,
        inside: str = "",
        officially: bool = False,
        is_search: bool = False,
    ) -> None:
        self.text, self.written, self.start = text, written, start
        self.inside, self.officially, self.is_search = inside, officially, is_search
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
        lowest = [code for code in ends if not any(code in path_of(other) for other in ends if other != code)]
        consumed = min(own[code][1] for code in lowest)
        whole = furthest >= len(self.text) or not WORD.match(self.text, furthest)
        official = self.official_start or (len(lowest) == 1 and self._has_step_above(lowest[0]))
        codes = tuple(sorted({MUNICIPALITY_CITIES.get(code, code) for code in lowest}))
        is_zone = all(own[code][1] < furthest for code in lowest)
        zone = self.written[after_separators(self.text, consumed) : furthest] if is_zone else ""
        return RegionReading(
            codes, self._rest(consumed), self._common(lowest), whole or official, furthest, zone, official
        )

    def _common(self, codes: Sequence[str]) -> RegionMatch | None:
        shared = [code for code in _sharedpath_of(codes) if code in self.reached] if len(codes) > 1 else []
        if not shared:
            return None
        return RegionMatch(MUNICIPALITY_CITIES.get(shared[-1], shared[-1]), self._rest(self.reached[shared[-1]][1]))

    def _rest(self, consumed: int) -> str:
        return self.written[after_separators(self.text, consumed) :].rstrip(" )）】]")

    def ends(self) -> dict[str, tuple[int, int]]:
        """Return what was reached beyond `inside`."""
        return {code: end for code, end in self.reached.items() if end[0] > self.start}

    def _has_step_above(self, code: str) -> bool:
        return any(step in self.reached and step not in (code, self.inside) for step in path_of(code))

    def _go(self, code: str, position: int) -> None:
        """Record that `code` was reached, then try every step from here."""
        if code:
            self._settle(code, position, position)
        position = after_separators(self.text, position)
        for name, length in self._next_names(code, position):
            if code == self.inside:
                self.official_start = self.official_start or (name.official and not name.zone)
            if name.zone:
                self._settle(name.code, position + length, position)
                self._go_on_from_zone(name.code, after_separators(self.text, position + length))
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
            is_whole = name.alone or (self.is_search and name.official and end - position > 2)
            return is_whole and (
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
            after = after_separators(self.text, end)
            if after > end or after == len(self.text) or any(self._next_names(code, after)):
                self._go(code, end)


def _sharedpath_of(codes: Sequence[str]) -> list[str]:
    return [steps[0] for steps in zip(*map(path_of, codes), strict=False) if len(set(steps)) == 1]


@lru_cache(maxsize=4096)
def path_of(code: str) -> tuple[str, ...]:
    return tuple(step.code for step in ancestors(code))


def after_separators(text: str, position: int) -> int:
    matched = _SEPARATORS.match(text, position)
    return matched.end() if matched else position
