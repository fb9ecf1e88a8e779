"""Folding: one form for the same text in full width, capitals or traditional characters."""

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import opencc


@lru_cache(maxsize=1)
def _simplifier() -> "opencc.OpenCC":
    import opencc  # only for those who convert: not for the child that reads a sheet

    # All that t2s knows, and the forms used in Hong Kong: 衞 (卫), 粧 (妆), 枱 (台).
    return opencc.OpenCC("hk2s")


# Characters that only some phrases convert, though all of a phrase's characters are simplified ones: 藉口 (借口), 反覆 (反复),
# 土坏 (土坯). Of OpenCC's TSPhrases and HKVariantsRevPhrases; see tests/kernel/text/test_folding.py.
_IN_PHRASES = "哩坏沈藉覆"


@lru_cache(maxsize=1)
def _convertible() -> re.Pattern[str]:
    """Return what finds a character that may have to be converted: any that is not a simplified one of GB 2312, section 1 and 2.

    Most texts have none: looking costs a tenth of converting.
    """
    characters = [
        bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)
    ]
    listed = "\n".join(characters)
    kept = [one for one, other in zip(characters, _convert(listed).split("\n"), strict=True) if one == other]
    plain = "".join(kept).translate(dict.fromkeys(map(ord, _IN_PHRASES)))
    return re.compile(rf"[^\x00-\u2e7f\u3000-\u303f\uff00-\uffef{plain}]")


def _simplify(text: str) -> str:
    return _convert(text) if _convertible().search(text) else text


def _convert(text: str) -> str:
    try:
        return str(_simplifier().convert(text))
    except UnicodeEncodeError:  # half a surrogate pair, as broken clients send them
        return str(_simplifier().convert(text.encode(errors="replace").decode()))


def one_form(text: str, *, longest: int) -> str:
    """Return at most `longest` characters of a text in NFKC (Unicode UAX #15) and lower case, for patterns: 2026-０1 is 2026-01.

    It is cut before, since patterns take time, and after: NFKC makes up to 18 characters of one.
    """
    return unicodedata.normalize("NFKC", text[:longest]).lower()[:longest]


def fold(text: str) -> str:
    """Return `text` in NFKC (Unicode UAX #15), lower case and simplified characters. Idempotent for all practical input."""
    if text.isascii():
        return text.lower()
    return _simplify(unicodedata.normalize("NFKC", text).lower())


def fold_with_origins(text: str) -> tuple[str, list[int]]:
    """Return the folded text and, for each of its characters, the index of its origin in `text`."""
    folded: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        piece = unicodedata.normalize("NFKC", character).lower()
        folded.append(piece)
        origins.extend([index] * len(piece))
    joined = "".join(folded)
    simplified = _simplify(joined)
    if len(simplified) != len(joined):  # a phrase rule changed the length: convert character by character instead
        simplified = "".join((_simplify(character) or character)[0] for character in joined)
    return simplified, origins
