"""How Chinese is read, without tones: by pypinyin, corrected by reviewed readings of names and words.

Reading loads the tables of pypinyin (57 MB, 0.2 s): only the process that writes the index and the generator of data do so.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("readings")
# What pypinyin reads otherwise: 亳州 bo zhou, 闵行 min hang; 装调 zhuang tiao.
RIGHT = ("places.txt", "occupations.txt")
# Wrong readings of place names that people type: 重庆 zhong qing.
TYPED = "places_typed.txt"
_RUNS = re.compile(r"[㐀-鿿]+|[^㐀-鿿]+")
# 绿 is typed lv and lu, 略 lve and lue.
_WITHOUT_UMLAUT = {"lv": "lu", "nv": "nu", "lve": "lue", "nve": "nue"}


def reviewed(file: str) -> list[tuple[str, list[str]]]:
    """Return the lines of a file of readings: a name or word, and its syllables. A name may have several typed readings."""
    lines = (_FOLDER / file).read_text(encoding="utf-8").splitlines()
    return [(name, syllables) for name, *syllables in map(str.split, lines)]


def readings(text: str) -> list[tuple[str, str]]:
    """Return the ways to read a text, at most 5: pinyin and initials. What is not Chinese stays whole in both, without
    punctuation: Java开发 is javakaifa, javakf.

    The right one first, then pypinyin's own (大城市 contains 大城, dai cheng), then what others type.
    """
    ways: tuple[Mapping[str, list[str]], ...] = (_known(RIGHT), {}, _known((*RIGHT, TYPED)))
    found = [[part for run in _RUNS.findall(text) for part in _read(run, known)] for known in ways]
    plain = [[(_WITHOUT_UMLAUT.get(part, part), initial) for part, initial in way] for way in found[:2]]
    both = (("".join(part for part, _ in way), "".join(initial for _, initial in way)) for way in (*found, *plain))
    return list(dict.fromkeys(both))


def _read(run: str, known: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    """The syllables of a run of characters with their initials, or what is not Chinese."""
    from pypinyin import Style, lazy_pinyin

    if not "㐀" <= run[0] <= "鿿":
        whole = re.sub(r"\W", "", run)
        return [(whole, whole)]
    read = lazy_pinyin(run, style=Style.NORMAL, errors=lambda rest: rest)
    if known and len(read) == len(run):
        for found in _pattern(tuple(known)).finditer(run):
            read[found.start() : found.end()] = known[found.group()]
    return [(syllable, syllable[:1]) for syllable in read]


@cache
def _known(files: tuple[str, ...]) -> Mapping[str, list[str]]:
    """{name or word: its syllables}; a later file replaces what an earlier one says."""
    return {name: syllables for file in files for name, syllables in reviewed(file) if len(name) == len(syllables)}


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(names, key=len, reverse=True)))
