"""The vocabulary from this release's reference data, cached by text: a sheet repeats the same texts."""

from functools import cache, lru_cache

from jiuye.domains.jobs.sheets.parsed import Vocabulary
from jiuye.domains.jobs.sheets.words import parse_education
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.reference.queries import find_region, guess_occupation, industries
from jiuye.kernel.identifiers import check_credit_code


@cache
def reference_vocabulary() -> Vocabulary:
    """Return the vocabulary for parsing rows, except in tests that bring their own."""
    return Vocabulary(
        find_region=find_region,
        find_education=lru_cache(maxsize=4096)(parse_education),
        education_label=_education_label,
        find_industry=lru_cache(maxsize=4096)(find_industry),
        guess_occupation=guess_occupation,
        check_credit_code=check_credit_code,
    )


def find_industry(text: str) -> str | None:
    """Return the division (or section) whose name equals, contains or is part of the text; None if there is none or several."""
    written = text.replace(" ", "")
    divisions = [known for section in industries() for known in industries(section.code)]
    for known in (*divisions, *industries()):
        if written in (known.name, known.code):
            return known.code
    core = written.removesuffix("行业").removesuffix("业")
    if len(core) < 2:
        return None
    near = [known.code for known in divisions if core in known.name or known.name.removesuffix("业") in written]
    return near[0] if len(near) == 1 else None


def _education_label(code: str) -> str:
    return str(EducationLevel(code).label) if code else ""
