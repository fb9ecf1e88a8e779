"""Words of the vocabulary that a wrongly written one may be: by sound (kuaiji, 会记), by shape (护土), by one wrong character.

The vocabulary: names of occupations, words with synonyms, short names of places. 0.2 s and a few megabytes, at the first word
that nothing is found for.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache

from jiuye.domains.reference import queries as reference
from jiuye.kernel.text import fold
from jiuye.ports.search import analyser
from jiuye.search.spelling.readings import alike, latin_names, looks_alike, readings_of, sounds_alike

MOST = 6
_LONGEST = 12
# Words this long may have a character that is neither of the same sound nor of the same shape.
_LONG = 4
_SHORTEST_LATIN = 4
_LATIN_LIKENESS = 0.8
_ANY = "*"


@lru_cache(maxsize=1024)
def candidates(word: str) -> tuple[str, ...]:
    """Return what `word` (folded, without spaces) may be meant for, likeliest first; nothing if it is a word itself."""
    if not 2 <= len(word) <= 3 * _LONGEST or word in _tables().words:
        return ()
    if word.isascii():
        return tuple(dict.fromkeys(_latin(word)))[:MOST] if word.isalpha() else ()
    return tuple(dict.fromkeys(_chinese(word)))[:MOST] if len(word) <= _LONGEST else ()


@dataclass(frozen=True)
class _Tables:
    """`sounds`: {reading: words}; `alike`: the same by readings that are typed for each other; `gaps`: {word with one character
    replaced by a star: words}."""

    words: frozenset[str]
    sounds: Mapping[str, list[str]]
    alike: Mapping[str, list[str]]
    gaps: Mapping[str, list[str]]


@cache
def _tables() -> _Tables:
    words = sorted({word for word in _vocabulary() if 2 <= len(word) <= _LONGEST and not word.isascii()})
    sounds, near, gaps = defaultdict(list), defaultdict(list), defaultdict(list)
    for word in words:
        for reading in readings_of(word):
            sounds[reading].append(word)
            near[alike(reading)].append(word)
        for at in range(len(word)):
            gaps[_without(word, at)].append(word)
    return _Tables(frozenset(words), sounds, near, gaps)


def _vocabulary() -> Iterator[str]:
    yield from map(fold, reference.occupation_names())
    yield from analyser(tuple(reference.occupation_names())).vocabulary
    for province in reference.provinces():
        yield province.short_name
        for city in reference.children(province.code):
            yield city.short_name
            yield from (county.short_name for county in reference.children(city.code))


def _latin(word: str) -> list[str]:
    """The first way that yields something: pinyin, pinyin typed carelessly, a mistyped name, two words, mistyped pinyin."""
    tables = _tables()
    if word in latin_names():
        return []
    ways = (
        lambda: tables.sounds.get(word, []),
        lambda: tables.alike.get(alike(word), []),
        lambda: get_close_matches(word, latin_names(), 2, _LATIN_LIKENESS),
        lambda: _two_words(word, tables.sounds),
        lambda: [one for reading in get_close_matches(word, tables.sounds, 2, 0.9) for one in tables.sounds[reading]],
    )
    long_enough = ways if len(word) >= _SHORTEST_LATIN else ways[:2]
    return next((found for way in long_enough if (found := way())), [])


def _two_words(word: str, sounds: Mapping[str, list[str]]) -> list[str]:
    """changshakuaiji: 长沙 会计."""
    pairs = ((sounds.get(word[:cut]), sounds.get(word[cut:])) for cut in range(2, len(word) - 1))
    return [f"{first[0]} {second[0]}" for first, second in pairs if first and second]


def _chinese(word: str) -> Iterator[str]:
    tables = _tables()
    same_length = [
        other
        for reading in readings_of(word)
        for other in (*tables.sounds.get(reading, ()), *tables.alike.get(alike(reading), ()))
        if len(other) == len(word)
    ]
    yield from sorted(dict.fromkeys(same_length), key=lambda other: _differences(word, other))
    near, other_shape = [], []
    for at, character in enumerate(word):
        for other in tables.gaps.get(_without(word, at), ()):
            if looks_alike(character, other[at]) or sounds_alike(character, other[at]):
                near.append(other)
            elif len(word) >= _LONG:
                other_shape.append(other)
    yield from near
    yield from other_shape


def _without(word: str, at: int) -> str:
    return f"{word[:at]}{_ANY}{word[at + 1 :]}"


def _differences(one: str, other: str) -> int:
    return sum(first != second for first, second in zip(one, other, strict=True))
