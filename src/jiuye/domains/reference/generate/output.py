"""The format of the data files: plain CSV, with pinyin for look-up."""

import csv
import importlib.util
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"

# Place names with readings other than the characters' usual ones, which pypinyin would choose: 亳州 bo zhou.
PLACE_READINGS = Path(__file__).parent / "place_readings.txt"


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

    _teach_place_readings()
    syllables = lazy_pinyin(name, style=Style.NORMAL, errors=lambda text: re.sub(r"\W", "", text).lower())
    return "".join(syllables), "".join(syllable[:1] for syllable in syllables)


@cache
def _teach_place_readings() -> None:
    from pypinyin import load_phrases_dict

    lines = PLACE_READINGS.read_text(encoding="utf-8").splitlines()
    load_phrases_dict({name: [[syllable] for syllable in syllables] for name, *syllables in map(str.split, lines)})


def package_folder(package: str) -> Path:
    """Return a package's folder without importing it: some sources import libraries that are not needed."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(
            f"{package} is not installed; see the command in the docstring of jiuye.domains.reference.generate"
        )
    return Path(spec.origin).parent
