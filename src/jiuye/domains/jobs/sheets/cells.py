"""The cells of one row as clean text, and the notes that collect while they are read."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from jiuye.domains.jobs.sheets.cleaning import clean_text, is_formula, is_plain
from jiuye.domains.jobs.sheets.fields import BY_CODE, DEFAULTABLE
from jiuye.domains.jobs.sheets.parsed import Note

Value = TypeVar("Value")

LONGEST = {
    "title": 80, "employer_name": 100, "external_code": 64, "address": 200, "pay": 60,
    "duties": 5000, "requirements": 5000, "description": 10000, "working_conditions": 2000,
}  # fmt: skip
_OTHERS = 200
# Texts of which a part still says something; of other cells a part would say something else.
_CUT = frozenset({"title", "address", "duties", "requirements", "description", "working_conditions"})
_LONG_TEXTS = frozenset({"duties", "requirements", "description", "working_conditions"})
_GARBLED = "\ufffd"
_FEW_GARBLED = 0.02
_SUSPECT_STARTS = ("|=", "|@", "|+", "|-")


class Cells:
    """One row's texts by field. A cell that cannot be used is left out, with a note: it never rejects the row."""

    __slots__ = ("_is_easy", "_lines", "_mapping", "is_plain", "is_suspect", "notes", "own", "texts")

    def __init__(self, cells: Sequence[str], mapping: Mapping[str, int], defaults: Mapping[str, str]) -> None:
        self._mapping = mapping
        width = len(cells)
        self.own = {
            code: text for code, column in mapping.items() if column < width and (text := cells[column].strip())
        }
        self.texts = self.own
        if defaults:
            filled = {code: text for code, text in defaults.items() if code in DEFAULTABLE and text.strip()}
            self.texts = filled | self.own
        # Checked for the whole row at once, because nearly every row is plain (and cells are many).
        together = "|" + "|".join(self.texts.values())
        self.is_plain = is_plain(together)
        self.is_suspect = _GARBLED in together or any(start in together for start in _SUSPECT_STARTS)
        self._is_easy = self.is_plain and not self.is_suspect
        self.notes: list[Note] = []
        self._lines: dict[str, str] = {}

    def note(self, code: str, message: str, *, holds: bool = False) -> None:
        self.notes.append(Note(code, self._mapping.get(code), message, holds))

    def has_own(self, code: str) -> bool:
        """Return whether the row itself says something, not the default."""
        return code in self.own

    def line(self, code: str) -> str:
        """Return the clean text in one line."""
        text = self.texts.get(code)
        if text is None:
            return ""
        if not (self._is_easy and len(text) <= LONGEST.get(code, _OTHERS)):
            text = self.long(code)
        return text.replace("\n", " ") if "\n" in text else text

    def long(self, code: str) -> str:
        """Return the clean text of several lines, no longer than its column; blank if it cannot be used."""
        text = self.texts.get(code)
        if text is None:
            return ""
        if self._is_easy and len(text) <= LONGEST.get(code, _OTHERS):
            return text
        if code not in self._lines:
            if not self.is_plain:
                text = clean_text(text)
            self._lines[code] = self.within(code, self._usable(code, text))
        return self._lines[code]

    def within(self, code: str, text: str) -> str:
        """Return the text if it fits its column; else its beginning, for a person to look at, or nothing."""
        longest = LONGEST.get(code, _OTHERS)
        if len(text) <= longest:
            return text
        label = BY_CODE[code].label
        if code in _CUT:
            self.note(code, f"{label}有{len(text)}个字，最多{longest}个，后面的没有导入，请核对并缩短", holds=True)
            return text[:longest]
        self.note(code, f"{label}有{len(text)}个字，最多{longest}个，没有导入，请缩短")
        return ""

    def read(self, code: str, read: Callable[[str], tuple[Value | None, str]]) -> Value | None:
        """Return a cell's value by `read`, which returns the value, and why there is none. None also for a blank cell."""
        written = self.texts.get(code)
        if written is None:
            return None
        if self.is_suspect and not (written := self._usable(code, written)):
            return None
        value, fault = read(written)
        if fault:
            self.note(code, fault)
        return value

    def listed(self, code: str) -> str:
        """Return a list of words as it is written; garbled words in it are noted, `split_words` leaves them out."""
        text = self.texts.get(code, "")
        return self._usable(code, text) if text and self.is_suspect else text

    def _usable(self, code: str, text: str) -> str:
        """Return the text without garbled characters, blank if it is a formula or if nothing is certain without them."""
        if is_formula(text):
            self.note(code, f"{BY_CODE[code].label}是公式，不是文字，没有导入，请改成文字")
            return ""
        if _GARBLED not in text:
            return text
        garbled = text.count(_GARBLED)
        rest = text.replace(_GARBLED, "").strip()
        if code in _LONG_TEXTS and rest:
            is_little = garbled == 1 or garbled <= _FEW_GARBLED * len(text)
            self.note(code, f"{BY_CODE[code].label}里有{garbled}个乱码字符，已去掉，请核对", holds=not is_little)
            return rest
        if code == "title" and rest:
            self.note(code, f"{BY_CODE[code].label}里有乱码，已去掉，请核对", holds=True)
            return rest
        if code not in ("tags", "benefits", "skills"):  # lists leave out the garbled words alone
            self.note(code, f"{BY_CODE[code].label}里有乱码，没有导入，请改正")
            return ""
        self.note(code, f"{BY_CODE[code].label}里有乱码，有乱码的词没有导入，请改正")
        return text
