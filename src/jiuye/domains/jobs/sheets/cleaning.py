"""Clean text from a cell: no markup, no control or invisible characters, no formulas. In time that is linear in the text."""

import html
import re

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>|<!--(?:(?!<!--)[\s\S]){0,1000}?-->")
_BREAKING_TAG = re.compile(r"<\s{0,9}(?:br|/p|/div|/li|/tr|/h\d)\b[^<>]{0,50}>", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s{0,9}>|\Z)", re.IGNORECASE | re.DOTALL)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb]"
)
_BLANKS = re.compile(r"[ \t\u00a0\u3000]+")
_ODD = re.compile(
    r"[<&\x00-\x09\x0b-\x1f\x7f-\xa0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u3000\ufeff\ufff9-\ufffb]| [ \n]|\n[ \n]"
)
_FORMULA = re.compile(r"^(?:=|@[A-Za-z]|[+\-]\s{0,9}[A-Za-z]{2,40}\s{0,9}[(!|])")


def is_plain(text: str) -> bool:
    """Return whether cleaning would only strip blanks: true of nearly every cell, so it is checked first."""
    return not _ODD.search(text)


def clean_text(text: str) -> str:
    """Clean text of several lines: remove markup, collapse blanks and blank lines."""
    if is_plain(text):
        return text.strip()
    if "<" in text or "&" in text:
        text = _TAG.sub("", _BREAKING_TAG.sub("\n", _SCRIPT.sub("", text)))
        text = html.unescape(text)
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (line.strip() for line in _BLANKS.sub(" ", text).split("\n"))
    return "\n".join(line for line in lines if line)


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet program would run this text (CWE-1236)."""
    return bool(_FORMULA.match(text.lstrip()))
