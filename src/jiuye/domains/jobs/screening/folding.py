"""Text as the rules read it: half width, one kind of dash, no marks that only hide words; and the way back to the text as written."""

import re
import unicodedata
from dataclasses import dataclass

_TRADITIONAL = (
    "歲岁齡龄戶户優优擾扰貫贯產产區区證证費费勞劳聯联電电話话無无須须應应屆届漢汉萬万視视婦妇懷怀顏颜號号錢钱"
)
_ONE_FOR_ONE = str.maketrans(
    dict.fromkeys("‐‑‒–—―−─～〜∼", "-") | dict(zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True))
)  # the dashes, and the traditional characters that the rules are written with
_CHANGED = re.compile(f"[{''.join(map(chr, _ONE_FOR_ONE))}\u00ad\u200b-\u200f\u2060\ufeff]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_HIDING = re.compile(r"(?<=[\u4e00-\u9fff])[ ·*_.]{1,9}(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text folded for the rules. `places` are the positions of its characters in the text as written; None: the same."""

    text: str
    places: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where this part of the folded text is in the text as written."""
        return (start, end) if self.places is None else (self.places[start], self.places[end - 1] + 1)


def readings(text: str) -> tuple[Reading, ...]:
    """Return the folded text; if blanks or dots stand between Chinese characters, it without these first (限 男, 限·男).

    Both are read: a blank can hide a word, and it can end one (普工 女 18-40岁).
    """
    folded = fold(text)
    if _HIDING.search(folded.text) is None:
        return (folded,)
    kept = bytearray(b"\x01") * len(folded.text)
    for match in _HIDING.finditer(folded.text):
        kept[match.start() : match.end()] = bytes(match.end() - match.start())
    places = folded.places or range(len(folded.text))
    joined = "".join(character for character, stays in zip(folded.text, kept, strict=True) if stays)
    return Reading(joined, tuple(place for place, stays in zip(places, kept, strict=True) if stays)), folded


def fold(text: str) -> Reading:
    """Return the text in half width, dashes as "-", without invisible characters."""
    whole = _plain(text)
    if len(whole) == len(text):
        return Reading(whole)
    parts = [(_plain(character), place) for place, character in enumerate(text)]
    return Reading("".join(part for part, _ in parts), tuple(place for part, place in parts for _ in range(len(part))))


def _plain(text: str) -> str:
    if _CHANGED.search(text):  # before NFKC, which turns ― and its like into other dashes, and after it
        text = _UNSEEN.sub("", text.translate(_ONE_FOR_ONE))
    return unicodedata.normalize("NFKC", text)
