"""What a title consists of, for the model: n-grams of what names the work, without pay, benefits, places and appeals.

A unit is a Chinese character, a run of Latin letters or a number, so that Email is not AI.

Ads write 襄城区围炉三国锅…招聘服务员, 【急招】外卖骑手 日结, 抚州8k续保专员/五险双休/员工餐. Words in brackets and the employer
before 招聘 count less. The generator and the model use the same function, so the stored weights fit.
"""

import re
from collections.abc import Iterator
from functools import cache

from jiuye.domains.reference import catalogue
from jiuye.kernel.text import fold

LONGEST_TITLE = 80
"""Characters of a title that are read. What follows in longer ones is benefits."""
_LONGEST_GRAM = 3
_ASIDE_WEIGHT = 0.5

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|《[^《》]*》")
_RECRUITS = re.compile(r"招聘(?!专员|师|经理|主管|顾问|助理|hr|运营|官|总监|组)")
_NOISE = re.compile(
    r"\d{1,6}(?:\.\d{1,2})?[kw千万元]?(?:[-~—至到]\d{1,6}(?:\.\d{1,2})?[kw千万元]?)?(?:/?[天月年日时]|元)?\+?"
    r"|[五六四七八]险[一二两]?金?|双休|单休|大小周|周末|包吃住?|包住|食宿|社保|公积金|底薪|无责|提成|高薪|急[招聘]|诚聘|直[招聘]"
    r"|员工餐|上班自由|[12]\d届|校招|月入|月薪|年薪|日结|周结|年终奖|餐补|房补|全勤|带薪|双薪|长白班|白班|坐班|朝九晚[五六]|可?无经验|接受小白|应届生?|轻松|稳定"
    r"|就近(?:分配|安排)?|过万|入职|福利|上[一二三四五六]休[一二三]|早[八九]晚[五六]"
)
_UNITS = re.compile(r"[a-z+#]+|[\d.]+|.")
_NO_WORD = re.compile(r"[^\w+#.]+")
_TWO_LETTERS = re.compile(r"\w\w")


def features(title: str) -> dict[str, float]:
    """Return the title's 1- to 3-grams of units with their weights; `^` and `$` mark where a word begins and ends. Bounded."""
    folded = fold(title[:LONGEST_TITLE])
    asides = " ".join(_ASIDE.findall(folded))
    before, main = _without_employer(_ASIDE.sub(" ", folded))
    found: dict[str, float] = {}
    for word in words(main) or words(folded):
        for gram in _grams(word):
            found[gram] = 1.0
    for word in words(f"{asides} {before}"):
        for gram in _grams(word):
            found.setdefault(gram, _ASIDE_WEIGHT)
    return found


def words(text: str) -> list[str]:
    """Return the words of a folded text that may name work: without noise, and without a place at either end."""
    plain = _NO_WORD.sub(" ", _NOISE.sub(" ", text)).split()
    plain = [word for word in plain if not word.isdecimal()]
    return [_without_place(word) for word in plain if word not in _places()] or plain


def _without_employer(text: str) -> tuple[str, str]:
    """Return what stands before 招聘, and the rest; the whole is the rest if nothing else is."""
    found = _RECRUITS.search(text)
    if found is None:
        return "", text
    before, after = text[: found.start()], text[found.end() :]
    return (before, after) if _TWO_LETTERS.search(after) else ("", before)


def _without_place(word: str) -> str:
    known = _places()
    for length in range(min(8, len(word) - 2), 1, -1):
        if word[:length] in known:
            word = word[length:]
            break
    for length in range(min(8, len(word) - 2), 1, -1):
        if word[-length:] in known:
            return word[:-length]
    return word


def _grams(word: str) -> Iterator[str]:
    units = _UNITS.findall(word)
    yield from units
    marked = ["^", *units, "$"]
    for length in range(2, _LONGEST_GRAM + 1):
        for start in range(len(marked) - length + 1):
            yield "".join(marked[start : start + length])


@cache
def _places() -> frozenset[str]:
    """Return names of divisions as titles have them: 成都市, 成都. One character, or a name that is also work (东方), is none."""
    regions = catalogue.regions().values()
    return frozenset(name for one in regions for name in (one.name, one.short_name) if len(name) > 1) - {
        "东方",
        "城区",
        "市中",
    }
