"""Guess the occupation from a posting's title: `高级Python开发工程师（苏州）` → 计算机软件工程技术人员."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from jiuye.domains.reference import catalogue
from jiuye.kernel.text import fold

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_SMALL_CLASS = 3


@dataclass(frozen=True, slots=True)
class _Title:
    code: str
    generic: bool


@lru_cache(maxsize=8192)
def guess_occupation(title: str) -> str | None:
    """Return the most likely code of a posting's title; None if it has no known word.

    Known words are the occupations' names, the titles filed under them and `job_titles.csv`. The longest wins, of
    equals the last: Chinese titles end with the person's role (数据分析师助理 aside). Words in brackets count only
    without others. Nearly always a level 4 code; a class if the title says no more (教师). Costs about 60 µs.
    """
    written = fold(title)
    plain = _ASIDE.sub(" ", written)
    for text in dict.fromkeys((plain, written)):
        found = list(_found(text))
        if found:
            return max(found, key=lambda entry: entry[0])[1].code
    return None


def _found(text: str) -> Iterator[tuple[tuple[bool, float, int], _Title]]:
    """Return every known word of the text with its rank: specific before generic, then the longer, then the later."""
    known = _known_titles()
    for start in range(len(text)):
        for end in range(start + 2, min(len(text), start + _longest()) + 1):
            title = known.get(text[start:end])
            if title and _whole_word(text, start, end):
                yield (not title.generic, _weight(text[start:end]), end), title


def _weight(word: str) -> float:
    """Return the length in Chinese characters; a run of Latin letters counts as two, because a word carries about as much."""
    return len(re.sub(r"[a-z0-9+#.]+", "词语", word))


def _whole_word(text: str, start: int, end: int) -> bool:
    """Match whole Latin words: Java is not in JavaScript, nor AI in Email."""
    before, first, last, after = text[start - 1 : start], text[start], text[end - 1], text[end : end + 1]
    return not (_is_latin(before) and _is_latin(first)) and not (_is_latin(last) and _is_latin(after))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


@cache
def _known_titles() -> Mapping[str, _Title]:
    """Return every word with its meaning: the curated ones first, then the names, then the titles filed under occupations."""
    known = {title.title: _Title(title.code, title.generic) for title in catalogue.job_titles().values()}
    lowest_first = sorted(catalogue.occupations().values(), key=lambda occupation: -occupation.level)
    classes_apart = [occupation for occupation in lowest_first if occupation.level > 1]
    for occupation in classes_apart:
        known.setdefault(occupation.name.lower(), _Title(occupation.code, occupation.level < _SMALL_CLASS))
    for occupation in classes_apart:
        for word in (word.lower() for alias in occupation.aliases for word in _spelt_out(alias) if len(word) > 1):
            known.setdefault(word, _Title(occupation.code, occupation.level < _SMALL_CLASS))
    return known


def _spelt_out(alias: str) -> list[str]:
    """Split 搬运工/装卸工 into two titles, but not 绩效考核经理/主管: its second part means nothing alone."""
    parts = alias.split("/")
    alike = len({part[-1:] for part in parts}) == 1 and min(map(len, parts)) > 2
    return parts if alike else [alias]


@cache
def _longest() -> int:
    return max(map(len, _known_titles()))
