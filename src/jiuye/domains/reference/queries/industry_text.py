"""Parse industries as boards and people write them: `计算机软件`, `机械/设备/重工`, `快速消费品(食品、饮料、化妆品)`, `C39`.

The words are in `data/industry_words.csv`, one a line with its code of GB/T 4754-2017, the codes that it may mean too,
and where it is written so.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from jiuye.domains.reference import catalogue
from jiuye.domains.reference.catalogue import IndustryWord

LONGEST_TEXT = 100
_CODE = re.compile(r"([a-t])?(\d\d)?(?:\d{1,2})?(?![0-9a-z])", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s/|、,;:·()\[\]【】<>\-–—_&+]+|丨")
_AND = re.compile("以及|[和及与]")
_SUFFIX = re.compile("(?:行业|产业|领域|业|类|相关|公司|企业|服务|有限公司|行|制造|加工|生产|及相关服务|和供应)$")
_TRADE = {"批发": "51", "零售": "52"}
_BEFORE = re.compile("^(?:其他|其它|从事|主营)")


@dataclass(frozen=True, slots=True)
class IndustryMatch:
    """The meaning of an industry's name. `also`: other codes that fit, if the words name several or are vague."""

    code: str
    also: tuple[str, ...]


@lru_cache(maxsize=4096)
def find_industry(text: str) -> IndustryMatch | None:
    """Return the division (01 … 97) or section (A … T) that a text names, None if none is known or it says 其他.

    Of several words the section of most of them decides, of equals the first; different divisions of one section give the
    section. Costs about 30 µs, nothing for a cached text.
    """
    written = _fold(text[:LONGEST_TEXT])
    if not written:
        return None
    if (whole := _word(written)) or (whole := _code(written)):
        return _match([whole])
    parts = [part for part in _SEPARATORS.split(written) if part]
    found = [word for part in parts if (word := _word(part))]
    if not found:
        found = [word for part in parts for piece in _AND.split(part) if (word := _word(piece))]
    if not found:
        found = [word for part in parts if (word := _inside(part))]
    return _match(found)


def is_no_industry(text: str) -> bool:
    """Return whether a text says on purpose that it names none: 其他, 不限."""
    word = _word(_fold(text[:LONGEST_TEXT]))
    return word is not None and not word.code


def _match(words: Sequence[IndustryWord]) -> IndustryMatch | None:
    meant = [word for word in words if word.code]
    if not meant:
        return None
    sections = Counter(_section(word.code) for word in meant)
    section = sections.most_common(1)[0][0]
    codes = list(dict.fromkeys(word.code for word in meant if _section(word.code) == section))
    also = [code for word in meant for code in (word.code, *word.also)]
    code = codes[0] if len(codes) == 1 else section
    return IndustryMatch(code, tuple(dict.fromkeys(one for one in also if one != code and not _within(one, code))))


def _within(code: str, section: str) -> bool:
    return _section(code) == section


def _section(code: str) -> str:
    return catalogue.industries()[code].parent or code


def _word(written: str) -> IndustryWord | None:
    """Look up a word as it is, then without what people add to it: 软件行业, 其他制造业."""
    known = _words()
    for plain in _plainer(written):
        if found := known.get(_key(plain)):
            return found
    return None


def _plainer(written: str) -> Iterable[str]:
    yield written
    shorter = written
    while (cut := _SUFFIX.sub("", shorter)) != shorter and len(cut) > 1:
        yield cut
        shorter = cut
    if (own := _BEFORE.sub("", written)) != written and own:
        yield own


def _code(written: str) -> IndustryWord | None:
    """Read a code of the standard, perhaps with its section and name: `C39`, `i65`, `3911`, `C 制造业`."""
    found = _CODE.match(written)
    code = found and (found[2] or (found[1] or "").upper())
    if not found or not code or code not in catalogue.industries():
        return None
    if found[2] and found[1] and _section(code) != found[1].upper():
        return None
    if not found[2] and _key(written[found.end() :]) not in ("", _key(catalogue.industries()[code].name)):
        return None
    return IndustryWord("", code, ())


def _inside(part: str) -> IndustryWord | None:
    """Return the longest known word within a part, of equals the last: Chinese names end with what the thing is.

    A word that means a whole section (制造, 工程) counts only without others. Shops and wholesalers of things are no makers of them.
    """
    plain = part.removesuffix("业")
    if plain[-2:] in _TRADE:
        return IndustryWord(part, _TRADE[plain[-2:]], ())
    known = _words()
    general = None
    for length in range(min(len(part), _longest()), 1, -1):
        for start in range(len(part) - length, -1, -1):
            found = known.get(part[start : start + length])
            if found and found.code and (length > 2 or not part.isascii()):
                if not found.code.isalpha():
                    return found
                general = general or found
    return general


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()


def _key(text: str) -> str:
    return re.sub(r"[\s、,/()|·;:和及与]+", "", text)


@cache
def _words() -> Mapping[str, IndustryWord]:
    found = {_key(_fold(word.word)): word for word in catalogue.industry_words()}
    for industry in catalogue.industries().values():
        names = {industry.name, industry.name.removesuffix("业"), industry.name.removesuffix("制造业")}
        for name in names:
            if len(name) > 1:
                found.setdefault(_key(_fold(name)), IndustryWord(name, industry.code, ()))
    return found


@cache
def _longest() -> int:
    return max(map(len, _words()))
