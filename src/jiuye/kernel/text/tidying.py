"""Normalising typed text for storage and comparison, without losing content."""

import re
import unicodedata

# Control characters except the line feed, and the characters that change the direction of text, by which one line can
# look like another.
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_SPACES = re.compile(r"[ \u00a0\u3000]+")
_GAPS = re.compile(r"\n{3,}")


def tidy_line(text: str) -> str:
    """Return one line: NFC, no control characters, runs of spaces as one. Markup and emoji are kept as text."""
    return _SPACES.sub(" ", _UNSEEN.sub(" ", unicodedata.normalize("NFC", text)).replace("\n", " ")).strip()


def tidy_lines(text: str) -> str:
    """Return several lines: each stripped at its end, at most one empty line between paragraphs."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    lines = (_UNSEEN.sub("", line).rstrip() for line in plain.split("\n"))
    return _GAPS.sub("\n\n", "\n".join(lines)).strip("\n ")
