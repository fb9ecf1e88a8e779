"""Make the subsets in this folder from Debian's packages: `python src/jiuye/documents/fonts/generate.py FOLDER`.

FOLDER holds the unpacked packages that README.md names (`dpkg-deb -x PACKAGE FOLDER`).
"""

import bz2
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from pylopdf_fonts_zh_cn import sans_path

_OURS = Path(__file__).parent
_FONTS = Path("usr/share/fonts")
_SOURCES = Path("usr/share/unicode/Unihan_IRGSources.txt.bz2")
_SOURCE = re.compile(r"^U\+([0-9A-F]+)\tkIRG_[GHMJ]Source\t(\w+)", re.MULTILINE)  # mainland, Hong Kong, Macao, Japan
# Characters known only from old dictionaries (康熙字典, 汉语大字典) or from the Zhuang script: 30,000 that nobody is
# called, and ten megabytes.
_OF_OLD_BOOKS = frozenset({"GKX", "GHZ", "GHZR", "GZ"})
_ALSO = frozenset(map(ord, "𠮷"))  # in names all the same
_FAMILY, _FULL, _TYPOGRAPHIC = 1, 4, 16


def main(folder: Path) -> None:
    """Write all subsets."""
    noto = folder / _FONTS / "truetype/noto"
    _rare_han(folder)
    _write(noto / "NotoSerifTibetan-Regular.ttf", "tibetan.ttf", range(0x0F00, 0x1000))
    _write(noto / "NotoSansMongolian-Regular.ttf", "mongolian.ttf", [*range(0x1800, 0x18B0), 0x202F, 0x200C, 0x200D])
    _write(noto / "NotoSansYi-Regular.ttf", "yi.ttf", range(0xA000, 0xA4D0))
    arabic = [*range(0x0600, 0x0700), *range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00)]
    _write(noto / "NotoNaskhArabic-Regular.ttf", "uyghur.ttf", arabic)
    hangul = [*range(0xAC00, 0xD7A4), *range(0x3130, 0x3190)]
    collection = folder / _FONTS / "opentype/noto/NotoSansCJK-Regular.ttc"
    _write(collection, "hangul.otf", hangul, family="Noto Sans KR", number=1)


def _rare_han(folder: Path) -> None:
    known = set(TTFont(sans_path()).getBestCmap())
    text = bz2.decompress((folder / _SOURCES).read_bytes()).decode()
    of_names = _ALSO | {int(code, 16) for code, book in _SOURCE.findall(text) if book not in _OF_OLD_BOOKS}
    for part in "AB":
        source = folder / _FONTS / f"truetype/hanazono/HanaMin{part}.ttf"
        has = set(TTFont(source).getBestCmap())
        _write(source, f"rare_han_{part.lower()}.ttf", sorted(of_names & has - known), family=f"Rare Han {part}")


def _write(source: Path, name: str, characters: Iterable[int], *, family: str = "", number: int = -1) -> None:
    options = subset.Options()
    options.layout_features = ["*"]
    options.hinting = False
    options.notdef_outline = True
    options.drop_tables += ["FFTM"]
    named: dict[str, Any] = {"fontNumber": number} if number >= 0 else {}
    font = TTFont(source, recalcTimestamp=False, **named)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    for entry in font["name"].names:
        if family and entry.nameID in (_FAMILY, _FULL, _TYPOGRAPHIC):
            entry.string = family
    font.save(_OURS / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
