"""The parts of a resume by their headings, in lines of their own, before a colon, in brackets, or in a form's first cell."""

import re
from dataclasses import dataclass, field
from typing import Literal, cast

from jiuye.domains.resumes.extraction.vocabulary import by_word

Part = Literal[
    "basics", "wish", "employment", "education", "project", "skill", "certificate", "language", "self", "other"
]

PARTS = cast(dict[str, Part], by_word("headings"))
_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]{1,2}|\d{1,2}|[ivx]{1,4})[、.．:：)）\s]\s*", re.IGNORECASE)
_ENGLISH = re.compile(
    r"(?:experience|education|skills?|projects?|information|summary|background|evaluation|certificates?|history)$"
)
_NO_LETTER = re.compile(r"[^a-z0-9\u3400-\u9fff]")
_INLINE = re.compile(r"^\s*(?:[【\[〔「]\s*([^】\]〕」\t]{1,24})\s*[】\]〕」]|([^:：\t]{1,24})[:：])\s*(.*)$")
_YEARS = re.compile(r"^\s*(?:约|近)?\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?年|^\s*(?:无|有|应届生?|无经验)\s*$")


@dataclass(slots=True)
class Section:
    """The lines of a part. `is_form`: it began in a row of a form, whose next row may be about something else."""

    part: Part
    lines: list[str] = field(default_factory=list)


def part_of(text: str) -> Part | None:
    """Return the part that a heading begins; None for a text that is no heading."""
    if len(text) > 40:
        return None
    bare = _NO_LETTER.sub("", _NUMBER.sub("", text.strip(" \t#◆■●★▌|【】[]<>《》")).lower())
    chinese, latin = re.sub(r"[a-z0-9]", "", bare), re.sub(r"[^a-z]", "", bare)
    return PARTS.get(bare) or (PARTS.get(chinese) if latin in PARTS or _ENGLISH.search(latin) else None)


def sections_of(lines: list[str]) -> list[Section]:
    """Return the parts in their order; what stands above the first heading is `basics`."""
    found = [Section("basics")]
    for line in lines:
        part, rest = _begun_by(line)
        if part is None:
            found[-1].lines.append(line)
            continue
        found.append(Section(part, [rest] if rest else []))
    return found


def _begun_by(line: str) -> tuple[Part | None, str]:
    """Return the part that the line begins, and what follows the heading in it."""
    whole = part_of(line)
    if whole:
        return whole, ""
    first, tab, rest = line.partition("\t")
    if tab and (part := part_of(first)) and not _YEARS.match(rest):
        return part, rest.strip()
    inline = _INLINE.match(line)
    if inline and (part := part_of(inline[1] or inline[2])) and not _YEARS.match(inline[3]):
        return part, inline[3].strip()
    return None, ""
