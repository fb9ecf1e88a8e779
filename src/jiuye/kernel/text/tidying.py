"""Text that people type: made safe to store and to compare, never made poorer."""

import re
import unicodedata

# Controls but for the line feed; and the marks that turn the direction of text, with which one line can pose as another.
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_SPACES = re.compile(r"[ \u00a0\u3000]+")
_GAPS = re.compile(r"\n{3,}")


def tidy_line(text: str) -> str:
    """One line: NFC, no control characters, runs of spaces as one. Markup and emoji stay what they are: text."""
    return _SPACES.sub(" ", _UNSEEN.sub(" ", unicodedata.normalize("NFC", text)).replace("\n", " ")).strip()


def tidy_lines(text: str) -> str:
    """Several lines: each tidied at its end, at most one empty line between paragraphs."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    lines = (_UNSEEN.sub("", line).rstrip() for line in plain.split("\n"))
    return _GAPS.sub("\n\n", "\n".join(lines)).strip("\n ")
