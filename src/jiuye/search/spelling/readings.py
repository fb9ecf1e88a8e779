"""How characters are read, and which are taken for each other by their shape. Files, because the tables of pypinyin take 57 MB."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice, product
from pathlib import Path

_MOST_READINGS = 16
# What sounds alike in many dialects, and what is typed without care: 收营员, zhiji, fenglan.
_ALIKE = (
    ("zh", "z"),
    ("ch", "c"),
    ("sh", "s"),
    ("ang", "an"),
    ("eng", "en"),
    ("ing", "in"),
    ("lue", "lve"),
    ("nue", "nve"),
)


def readings_of(word: str) -> list[str]:
    """Return the readings of a word without tones, at most 16; none if a character has no known reading."""
    each = [_readings().get(character, ()) for character in word]
    return ["".join(syllables) for syllables in islice(product(*each), _MOST_READINGS)]


def sounds_alike(one: str, other: str) -> bool:
    """Return whether two characters have a reading in common, in dialects as well."""
    first, second = ({alike(reading) for reading in _readings().get(each, ())} for each in (one, other))
    return bool(first & second)


def looks_alike(one: str, other: str) -> bool:
    """Return whether two characters are taken for each other by their shape."""
    return other in _lookalikes().get(one, "")


def alike(reading: str) -> str:
    """Return one form for readings that are typed for each other."""
    for one, other in _ALIKE:
        reading = reading.replace(one, other)
    return reading


@cache
def _readings() -> Mapping[str, tuple[str, ...]]:
    """{character: its readings}."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in _lines("readings.txt"):
        reading, characters = line.split()
        for character in characters:
            found[character].append(reading)
    return {character: tuple(each) for character, each in found.items()}


@cache
def _lookalikes() -> Mapping[str, str]:
    """{character: the characters of its groups}."""
    found: dict[str, str] = defaultdict(str)
    for group in _lines("lookalikes.txt"):
        for character in group:
            found[character] += group
    return found


@cache
def latin_names() -> frozenset[str]:
    """Return the names in Latin letters that people mistype."""
    return frozenset(_lines("latin.txt"))


def _lines(name: str) -> Iterator[str]:
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line
