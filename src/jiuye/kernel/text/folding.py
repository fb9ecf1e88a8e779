"""Folding: one form for the same text in full width, capitals or traditional characters."""

import unicodedata
from functools import lru_cache

import opencc


@lru_cache(maxsize=1)
def _simplifier() -> opencc.OpenCC:
    # All that t2s knows, and the forms used in Hong Kong: 衞 (卫), 粧 (妆), 枱 (台).
    return opencc.OpenCC("hk2s")


def _simplify(text: str) -> str:
    try:
        return str(_simplifier().convert(text))
    except UnicodeEncodeError:  # half a surrogate pair, as broken clients send them
        return str(_simplifier().convert(text.encode(errors="replace").decode()))


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
