"""The format of the data files: plain CSV, with pinyin for look-up."""

import csv
import importlib.util
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from jiuye.kernel.text.pinyin import RIGHT, TYPED, reviewed

DATA = Path(__file__).parents[1] / "data"


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
    typed = ["".join(syllables) for known, syllables in reviewed(TYPED) if known == name]
    right = sound(name)[0]
    return "|".join(dict.fromkeys(one for one in (commonest, *typed) if one != right))


@cache
def _teach_readings() -> None:
    from pypinyin import load_phrases_dict

    for file in RIGHT:
        load_phrases_dict({name: [[syllable] for syllable in syllables] for name, syllables in reviewed(file)})


def package_folder(package: str) -> Path:
    """Return a package's folder without importing it: some sources import libraries that are not needed."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(
            f"{package} is not installed; see the command in the docstring of jiuye.domains.reference.generate"
        )
    return Path(spec.origin).parent
