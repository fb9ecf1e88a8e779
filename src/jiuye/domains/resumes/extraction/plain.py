"""Lines of a resume in plain letters: radicals folded to the characters they stand for, full width to half width."""

import re
import unicodedata
from itertools import chain

MOST_LINES = 2000
LONGEST_LINE = 2000

# Browsers and word processors print some characters by the code points of radicals. NFKC folds the Kangxi radicals, but
# not to the simplified form, and leaves the supplement alone.
_SIMPLIFIED = dict(
    zip(
        "⼾⻓⻔⻚⻝⻩⻰⻆⻘⻜⻥⻦⻋⻉⻅⻢⻨⻳⻮⻬⻙⻛⻣⻤⺟⺠⻄",
        "户长门页食黄龙角青飞鱼鸟车贝见马麦龟齿齐韦风骨鬼母民西",
        strict=True,
    )
)
_RADICALS = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in chain(range(0x2F00, 0x2FD6))}
_WIDE = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F) if chr(code) not in ",;!?()"}
_DOTS = dict.fromkeys("•・‧∙⋅", "·")
_SPACES = dict.fromkeys("\u00a0\u2002\u2003\u2005\u2009\u202f\u3000", " ")
_TABLE = str.maketrans(_RADICALS | _SIMPLIFIED | _WIDE | _SPACES)
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe0f\ufeff\ufffc\ufffd\ud800-\udfff\ue000-\uf8ff]"
)
_PAGE_NUMBER = re.compile(
    r"第\s?\d{1,3}\s?页[\s,，、/]{0,3}共\s?\d{1,3}\s?页|^\s*(?:page\s)?\d{1,3}\s?(?:/|of)\s?\d{1,3}\s*$|^\s*-\s?\d{1,3}\s?-\s*$|^\s*第\s?\d{1,3}\s?页\s*$",
    re.IGNORECASE,
)
_DOTTED = str.maketrans(_DOTS)
_BULLET = re.compile(
    r"^[\s\t]*(?:[•·・●○■□◆◇▪▫►▶➤★☆※*✓✔√\-–—]\s*|(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s?[、.)）]\s*(?!\d)|[(（]\s?(?:\d{1,2}|[一二三四五六七八九十])\s?[)）]\s*)"
)


def lines_of(text: str) -> list[str]:
    """Return the lines that have letters, without page numbers. Tabs separate cells; several spaces are kept."""
    found = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        plain = _UNSEEN.sub("", line[:LONGEST_LINE]).translate(_TABLE).strip(" ").rstrip("\t ")
        if plain.strip() and not _PAGE_NUMBER.search(plain):
            found.append(plain)
        if len(found) == MOST_LINES:
            break
    return found


def with_dots(text: str) -> str:
    """Return a name with U+00B7 for every dot that people use in its place, and for a full stop between two characters."""
    dotted = text.translate(_DOTTED)
    return re.sub(r"(?<=[\u4e00-\u9fff])\s?[·.]\s?(?=[\u4e00-\u9fff])", "·", dotted)


def is_bullet(line: str) -> bool:
    """Return whether the line is an item of a list."""
    return _BULLET.match(line) is not None


def without_bullet(line: str) -> str:
    """Return the line without the mark of a list's item."""
    return _BULLET.sub("", line).strip()
