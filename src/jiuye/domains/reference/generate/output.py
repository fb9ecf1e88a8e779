"""The format of the data files: plain CSV, with pinyin for look-up."""

import csv
import importlib.util
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"

# Reviewed readings of names and words that pypinyin reads otherwise: 亳州 bo zhou, 闵行 min hang; 装调 zhuang tiao.
READINGS = ("place_readings.txt", "occupation_readings.txt")
# Wrong readings of place names that people type: 重庆 zhong qing.
TYPED = "place_readings_typed.txt"


@contextmanager
def table(name: str, columns: str) -> Iterator[Callable[..., object]]:
    """Open a CSV file for writing: `with table("x.csv", "a b") as write: write(1, 2)`."""
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns.split())
        yield lambda *cells: writer.writerow(cells)


def sound(name: str) -> tuple[str, str]:
    """Return full pinyin without tones and the initials: 武侯 → ("wuhou", "wh")."""
    from pypinyin import Style, lazy_pinyin

    _teach_readings()
    syllables = lazy_pinyin(name, style=Style.NORMAL, errors=lambda text: re.sub(r"\W", "", text).lower())
    return "".join(syllables), "".join(syllable[:1] for syllable in syllables)


def other_sounds(name: str) -> str:
    """Return the other readings that people type, with | between them: each character's commonest one, and reviewed ones."""
    from pypinyin import Style, pinyin

    commonest = "".join(pinyin(character, style=Style.NORMAL)[0][0] for character in name)
    typed = ["".join(syllables) for known, syllables in _readings(TYPED) if known == name]
    right = sound(name)[0]
    return "|".join(dict.fromkeys(one for one in (commonest, *typed) if one != right))


@cache
def _teach_readings() -> None:
    from pypinyin import load_phrases_dict

    for file in READINGS:
        load_phrases_dict({name: [[syllable] for syllable in syllables] for name, syllables in _readings(file)})


@cache
def _readings(file: str) -> tuple[tuple[str, list[str]], ...]:
    lines = (Path(__file__).parent / file).read_text(encoding="utf-8").splitlines()
    return tuple((name, syllables) for name, *syllables in map(str.split, lines))


def package_folder(package: str) -> Path:
    """Return a package's folder without importing it: some sources import libraries that are not needed."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(
            f"{package} is not installed; see the command in the docstring of jiuye.domains.reference.generate"
        )
    return Path(spec.origin).parent
