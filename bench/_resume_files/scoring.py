"""Comparing what was read with what the file says, field by field."""

import re
from typing import Any

from jiuye.domains.resumes.extraction import Found

from .cases import Case
from .people import Person
from .printed import LEVELS, day

_ONE_LINE_OF_PROJECTS = ("labelled.docx", "made:labelled.doc", "other_board.doc")


def truth(case: Case) -> dict[str, Any]:
    """Return the fields that the file states."""
    one = case.person
    low, high = one.pay or (None, None)
    fields: dict[str, Any] = {
        "name": one.name, "phone": one.phone, "email": one.email, "birth_year": one.birth[0], "region": one.region_code,
        "education": LEVELS[one.schools[0].level], "wish.title": one.wish, "wish.region": one.wish_region_code,
        "wish.pay_min": low, "wish.pay_max": high, "self": one.about,
    }  # fmt: skip
    for index, job in enumerate(one.jobs):
        end = day(job.end) if job.end else None
        fields |= _entry(
            f"job{index}",
            employer=job.employer,
            title=job.title,
            start=day(job.start),
            end=end,
            text="".join(job.lines),
        )
    for index, school in enumerate(one.schools):
        fields |= _entry(
            f"school{index}",
            school=school.school,
            major=school.major,
            level=LEVELS[school.level],
            start=day(school.start),
            end=day(school.end) if school.end else None,
        )
    for index, work in enumerate(one.projects):
        lines = work.lines[:1] if case.layout in _ONE_LINE_OF_PROJECTS else work.lines
        fields |= _entry(
            f"project{index}",
            name=work.name,
            role=work.role,
            start=day(work.start),
            end=day(work.end) if work.end else None,
            text="".join(lines),
        )
    fields |= {f"skill:{name}": name for name in (*one.skills, *one.languages)}
    fields |= {f"certificate:{name}": name for name in one.certificates}
    return {name: value for name, value in fields.items() if name not in case.unwritten}


def read(found: Found, one: Person) -> dict[str, Any]:
    """Return the fields that were read, under the same names; what the person has not is among them and counts as wrong."""
    wish = found.wish
    fields: dict[str, Any] = {
        "name": found.name, "phone": found.phone, "email": found.email, "birth_year": found.birth_year, "region": found.region,
        "education": found.education, "wish.title": wish.title, "wish.region": wish.region, "wish.pay_min": wish.pay_min,
        "wish.pay_max": wish.pay_max, "self": found.self_description,
    }  # fmt: skip
    for index, job in enumerate(found.employments):
        fields |= _entry(
            f"job{index}",
            employer=job.employer_name,
            title=job.title,
            start=job.start_on,
            end=job.end_on,
            text=job.description,
        )
    for index, school in enumerate(found.educations):
        fields |= _entry(
            f"school{index}",
            school=school.school,
            major=school.major,
            level=school.level,
            start=school.start_on,
            end=school.end_on,
        )
    for index, work in enumerate(found.projects):
        fields |= _entry(
            f"project{index}",
            name=work.name,
            role=work.role,
            start=work.start_on,
            end=work.end_on,
            text=work.description,
        )
    fields |= {f"skill:{skill.name}": skill.name for skill in found.skills}
    return fields | {f"certificate:{each.name}": each.name for each in found.certificates}


def _entry(prefix: str, **fields: Any) -> dict[str, Any]:
    return {f"{prefix}.{field}": value for field, value in fields.items()}


def wrong(case: Case, found: Found) -> tuple[int, list[str]]:
    """Return how many fields count, and those that are wrong, missing or not in the file at all."""
    expected, got = truth(case), read(found, case.person)
    faults = [
        f"{name}: {got.get(name)!r}, not {value!r}"
        for name, value in expected.items()
        if not _same(value, got.get(name))
    ]
    invented = [
        name for name in got if name not in expected and name not in case.unwritten and got[name] not in ("", None)
    ]
    # An entry too many is one fault, whatever it holds.
    groups = {name.partition(".")[0] for name in invented if not _is_known(name, expected)}
    loose = [name for name in invented if _is_known(name, expected)]
    faults += [f"{name}: not in the file" for name in sorted(groups | set(loose))]
    return len(expected), faults


def _is_known(name: str, expected: dict[str, Any]) -> bool:
    return any(other.partition(".")[0] == name.partition(".")[0] for other in expected)


def _same(value: Any, other: Any) -> bool:
    if isinstance(value, str):
        return _bare(value) == _bare(str(other or ""))
    return bool(value == other)


def _bare(text: str) -> str:
    return re.sub(r"[\s；;•·▪-]", "", text)
