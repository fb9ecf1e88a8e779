"""Skills, certificates and languages: short items, one a line or several in it."""

import re
from collections.abc import Callable

from jiuye.domains.resumes.extraction.found import Found, FoundCertificate, FoundSkill
from jiuye.domains.resumes.extraction.headings import Part
from jiuye.domains.resumes.extraction.periods import month_in
from jiuye.domains.resumes.extraction.plain import without_bullet

_SEPARATORS = re.compile(r"\t|\s{2,}|\s?[、,，;；。]\s?|\s[/|｜·]\s|[|｜]")
_LEVELS = (
    ("精通", "expert"),
    ("熟练", "working"),
    ("熟悉", "working"),
    ("良好", "working"),
    ("掌握", "working"),
    ("了解", "basic"),
    ("一般", "basic"),
    ("入门", "basic"),
)
_LEVEL = re.compile(r"^(?:精通|熟练|熟悉|掌握|了解|良好|一般|入门)$")
_BEFORE = re.compile(
    r"^(?:能够|能|会|具备|具有)?(?:熟练|精通|熟悉|掌握|了解)(?:地)?(?:掌握|使用|操作|运用|应用)?\s?(?:[:：]\s?)?"
)
_ASIDE = re.compile(r"^(?:\d{1,3}\s?个?月|(?:读写|听说).{0,12}|\d{1,2}\s?年)$")
_NUMBER = re.compile(r"(?:证书)?编号\s?[:：]?\s?([A-Za-z0-9*-]{4,40})")
_LONGEST_SKILL, _LONGEST_CERTIFICATE = 40, 80
_UNVERIFIED = re.compile(r"^(?:未核验|已核验|核验中|待核验)(?:$|\s)")


def read(part: Part, lines: list[str], found: Found) -> None:
    """Take the items of a part."""
    add: Callable[[str, Found], None] = {"skill": _skill, "language": _skill, "certificate": _certificate}[part]
    for line in lines:
        text = without_bullet(line)
        if text and not _UNVERIFIED.match(text):
            add(text, found)


def _skill(line: str, found: Found) -> None:
    """Add the skills of a line; a level stands before or after its skills, or is the next item."""
    known = {one.name for one in found.skills}
    head, colon, tail = re.sub(r"\s[/|｜]\s", "、", line).partition(":" if ":" in line else "：")
    if colon and head.strip() and len(head) <= _LONGEST_SKILL and _level(tail) and not _BEFORE.match(head):
        line = f"{head}、{tail}"
    level = _level(line) if (opening := _BEFORE.match(line)) else ""
    line = line[opening.end() :] if opening else line
    for piece in _SEPARATORS.split(line):
        text = piece.strip(" .。")
        last = found.skills[-1] if found.skills else None
        if not text or _ASIDE.match(text) or _LEVEL.match(text):
            if last and not last.level:
                last.level = _level(text)
        elif len(text) > _LONGEST_SKILL:
            found.rest.append(text)
        elif text not in known:
            name = _BEFORE.sub("", text) or text
            found.skills.append(FoundSkill(name, level or (_level(text) if name != text else "")))
            known.add(text)


def _level(text: str) -> str:
    return next((level for word, level in _LEVELS if word in text), "")


def _certificate(line: str, found: Found) -> None:
    """Add the certificates of a line; with a date, the line is one certificate and perhaps its issuer."""
    month, text = month_in(line)
    number = _NUMBER.search(text)
    text = _NUMBER.sub("", text)
    pieces = [piece.strip(" :：.。()（）") for piece in _SEPARATORS.split(text)]
    pieces = [piece for piece in pieces if 1 < len(piece) <= _LONGEST_CERTIFICATE]
    if not pieces:
        return
    if month or number:
        issuer = pieces[1] if len(pieces) > 1 else ""
        found.certificates.append(FoundCertificate(pieces[0], issuer, number[1] if number else "", month))
        return
    known = {one.name for one in found.certificates}
    found.certificates += [FoundCertificate(piece) for piece in pieces if piece not in known]
