"""A resume's text understood: what an uploaded file says, as suggestions for the blocks of a resume (docs/reading.md).

A pure room: texts in, `Found` out, nothing stored. Every pattern is bounded and linear in the text, which comes from
strangers.
"""

from collections.abc import Sequence

from jiuye.domains.resumes.extraction import entries, head, items
from jiuye.domains.resumes.extraction.found import Found
from jiuye.domains.resumes.extraction.headings import sections_of
from jiuye.domains.resumes.extraction.plain import lines_of

__all__ = ["Found", "extract"]


def extract(texts: Sequence[str]) -> Found:
    """Return what the fuller of several readings of a document says, its head completed from the others."""
    found = sorted((_understood(text) for text in texts), key=lambda one: one.weight, reverse=True)
    if not found:
        return Found()
    best = found[0]
    for other in found[1:]:
        for name in ("name", "phone", "email", "birth_year", "region", "education", "experience_years"):
            if not getattr(best, name):
                setattr(best, name, getattr(other, name))
    return best


def _understood(text: str) -> Found:
    found = Found()
    sections = sections_of(lines_of(text))
    head.read(sections, found)
    for section in sections:
        if section.part in ("employment", "education", "project"):
            entries.read(section.part, section.lines, found)
        elif section.part in ("skill", "certificate", "language"):
            items.read(section.part, section.lines, found)
        elif section.part == "self":
            more = "\n".join(line.strip() for line in section.lines)
            found.self_description = f"{found.self_description}\n{more}".strip()
    head.complete(found)
    return found
