"""Histories: jobs, schools and projects, told apart by their periods."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from jiuye.domains.resumes.extraction import words
from jiuye.domains.resumes.extraction.found import Found, FoundEducation, FoundEmployment, FoundProject
from jiuye.domains.resumes.extraction.labels import ENTRY, label_of, pairs_in
from jiuye.domains.resumes.extraction.periods import Period, period_in
from jiuye.domains.resumes.extraction.pieces import pieces_of
from jiuye.domains.resumes.extraction.plain import is_bullet, without_bullet

_LONGEST_HEAD = 60
_LONGEST_BESIDE = 40
_LONGEST_ROLE = 12
_LONGEST_DESCRIPTION = 2000
_LEVEL_IN_NAME = re.compile(r"高级中学|高中|中学|技校|技工|职业高中|中专|中等")
_SENTENCE = re.compile(r"[。；;！!]|[,，].{0,40}[,，]")
_MARK = re.compile(r"^(?:未核验|已核验|核验中|待核验|核验未通过|已过期|身份)(?:$|[\s\t])")
_COLUMNS = frozenset(
    ("period", "employer", "title", "school", "major", "level", "project", "role", "description", "ignored")
)


@dataclass(slots=True)
class Entry:
    """The raw parts of one entry. `pieces`: texts without labels, in order; `lines`: those of its description."""

    period: Period | None = None
    labelled: dict[str, str] = field(default_factory=dict)
    pieces: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def start_on(self) -> date | None:
        return self.period.start_on if self.period else None

    @property
    def end_on(self) -> date | None:
        return self.period.end_on if self.period else None

    @property
    def description(self) -> str:
        return "\n".join(self.lines)[:_LONGEST_DESCRIPTION]


def read(part: str, lines: list[str], found: Found) -> None:
    """Add the entries of a part."""
    kept = [line for line in lines if not _MARK.match(line)]
    made = list(_tabled(kept)) or list(_divided(part, kept, found))
    add = {"employment": _add_employment, "education": _add_education, "project": _add_project}[part]
    if part == "education" and made:
        found.educations = [one for one in found.educations if one.start_on]
    for entry in made:
        add(entry, found)


def _tabled(lines: list[str]) -> Iterator[Entry]:
    """Yield the rows below a row of column headings."""
    columns: list[str] = []
    for line in lines:
        cells = [cell.strip() for cell in line.split("\t")]
        names = [label_of(cell, ENTRY) for cell in cells]
        if sum(name in _COLUMNS for name in names) >= max(2, len([cell for cell in cells if cell]) - 1):
            columns = names
        elif columns and len(cells) > 1:
            row = {name: cell for name, cell in zip(columns, cells, strict=False) if name and cell}
            entry = Entry(period_in(row.pop("period", "")), row)
            entry.lines = [row.pop("description")] if "description" in row else []
            yield entry


def _divided(part: str, lines: list[str], found: Found) -> Iterator[Entry]:
    """Yield entries divided before their periods, or before the short lines that stand above each period."""
    starts = _starts(lines)
    if not starts:
        found.rest += [line for line in lines if line.strip()]
        return
    above = _heads_above(part, lines, 0, starts[0])
    begins = [
        start - (_heads_above(part, lines, last + 1, start) if above else 0)
        for last, start in zip([-1, *starts], starts, strict=False)
    ]
    found.rest += lines[: begins[0]]
    for begin, start, end in zip(begins, starts, [*begins[1:], len(lines)], strict=True):
        yield _entry(part, lines[begin:start], lines[start], lines[start + 1 : end])


def _starts(lines: list[str]) -> list[int]:
    """Return the lines whose period begins an entry: all with theirs at the same side of the line."""
    found: list[tuple[int, bool]] = []
    for index, line in enumerate(lines):
        period = period_in(line[:200])
        if period is None:
            continue
        before, after = line[: period.begin].strip(" \t(（[:："), line[period.end :].strip(" \t)）]")
        at_start = not before or label_of(before, ENTRY) == "period"
        rest = len(before) + len(after)
        if rest > 3 * _LONGEST_HEAD or (
            not at_start and (is_bullet(line) or _SENTENCE.search(before) or rest > _LONGEST_HEAD)
        ):
            continue
        found.append((index, at_start))
    if found and found[0][1]:
        return [index for index, at_start in found if at_start]
    return [index for index, _ in found]


def _heads_above(part: str, lines: list[str], first: int, start: int) -> int:
    """Return how many of the lines right above a period belong to its entry: at most two."""
    count = 0
    while count < 2 and start - count - 1 >= first and _is_head(part, lines[start - count - 1]):
        count += 1
    return count


def _is_head(part: str, line: str) -> bool:
    if is_bullet(line) or len(line) > _LONGEST_HEAD or period_in(line):
        return False
    name = next((name for name, _ in pairs_in(line, ENTRY)), "")
    if name:
        return name in ("employer", "title", "school", "major", "level", "project", "role")
    if re.search(r"[。；;]", line):
        return False
    pieces = pieces_of(line)
    if part == "employment":
        return any(words.is_employer(one) or words.is_title(one) for one in pieces)
    if part == "education":
        return any(words.is_school(one) for one in pieces)
    return len(line) <= _LONGEST_BESIDE and not _SENTENCE.search(line)


def _entry(part: str, above: list[str], line: str, below: list[str]) -> Entry:
    period = period_in(line[:200])
    entry = Entry(period)
    for one in above:
        _take(one, entry, part)
    if period:
        _take(f"{line[: period.begin]}\t{line[period.end :]}".strip(" \t:："), entry, part)
    is_head = True
    for one in below:
        is_head = is_head and _belongs_to_head(part, one, entry)
        if is_head:
            _take(one, entry, part)
        else:
            _describe(one, entry, part)
    return entry


def _belongs_to_head(part: str, line: str, entry: Entry) -> bool:
    """Return whether a line below the period still says what the entry is, not what was done."""
    names = {name for name, _ in pairs_in(line, ENTRY)}
    if names - {""}:
        return "description" not in names
    if is_bullet(line) or len(line) > _LONGEST_BESIDE or re.search(r"[。；;]", line):
        return False
    pieces = pieces_of(line)
    if part == "education":
        return len(entry.pieces) + len(entry.labelled) < 4
    if part == "employment":
        has_employer = "employer" in entry.labelled or any(words.is_employer(one) for one in entry.pieces)
        has_title = "title" in entry.labelled or any(
            words.is_title(one) for one in entry.pieces if not words.is_employer(one)
        )
        if not entry.pieces:
            return True
        return (not has_title and (words.is_title(pieces[0]) or len(line) <= 12)) or (
            not has_employer and words.is_employer(pieces[0])
        )
    if not entry.pieces and "project" not in entry.labelled:
        return True
    return len(entry.pieces) == 1 and "role" not in entry.labelled and len(line) <= 16 and not _SENTENCE.search(line)


def _take(line: str, entry: Entry, part: str) -> None:
    for name, value in pairs_in(line, ENTRY):
        if not name:
            entry.pieces += pieces_of(value)
        elif name == "description":
            _add_description(value, entry, part)
        elif name not in ("period", "ignored") and value:
            entry.labelled.setdefault(name, value)


def _describe(line: str, entry: Entry, part: str) -> None:
    """Add a line of the description, without its label; facts about the employer are left out."""
    for name, value in pairs_in(without_bullet(line), ENTRY):
        if name in ("", "description"):
            _add_description(value, entry, part if name else "")
        elif name in ("role", "title"):
            entry.labelled.setdefault(name, value)


def _add_description(value: str, entry: Entry, part: str) -> None:
    if part == "project" and "role" not in entry.labelled and len(value) <= _LONGEST_ROLE and words.is_title(value):
        entry.labelled["role"] = value  # 职责：技术负责人
    elif value:
        entry.lines.append(value)


def _dates(entry: Entry) -> dict[str, object]:
    return {"start_on": entry.period.start_on, "end_on": entry.period.end_on} if entry.period else {}


def _add_employment(entry: Entry, found: Found) -> None:
    rest = list(entry.pieces)
    employer = entry.labelled.get("employer", "") or _employer_in(rest)
    title = entry.labelled.get("title", "") or _picked(rest, words.is_title)
    if not employer and rest and (title or len(rest) > 1):
        employer = rest.pop(0)
    title = title or (rest.pop(0) if rest else "")
    if not employer and title and found.employments:  # another job at the same employer, named once
        employer = found.employments[-1].employer_name
    if employer or title:
        made = FoundEmployment(employer[:100], title[:60], entry.start_on, entry.end_on, entry.description)
        found.employments.append(made)


def _employer_in(rest: list[str]) -> str:
    surely = _picked(rest, lambda one: words.is_employer(one) and not words.is_title(one))
    return surely or _picked(rest, words.is_employer)


def _add_education(entry: Entry, found: Found) -> None:
    rest = list(entry.pieces)
    level = words.level_of(entry.labelled.get("level", "")) or words.level_of(_picked(rest, words.is_level))
    school = entry.labelled.get("school", "") or _picked(rest, words.is_school) or (rest.pop(0) if rest else "")
    major = entry.labelled.get("major", "") or (rest.pop(0) if rest else "")
    if not level and _LEVEL_IN_NAME.search(school):
        level = words.level_of(school)
    if school:
        made = FoundEducation(school[:60], major[:60], level, entry.start_on, entry.end_on, entry.description)
        found.educations.append(made)


def _add_project(entry: Entry, found: Found) -> None:
    rest = list(entry.pieces)
    name = entry.labelled.get("project", "") or (rest.pop(0) if rest else "")
    role = entry.labelled.get("role", "") or entry.labelled.get("title", "") or (rest.pop(0) if rest else "")
    if name:
        found.projects.append(FoundProject(name[:80], role[:60], entry.start_on, entry.end_on, entry.description))


def _picked(rest: list[str], fits: Callable[[str], bool]) -> str:
    """Take the first fitting piece out of the list; "" if there is none."""
    for index, one in enumerate(rest):
        if fits(one):
            return rest.pop(index)
    return ""
