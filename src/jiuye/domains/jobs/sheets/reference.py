"""The vocabulary from this release's reference data, cached by text: a sheet repeats the same texts."""

from functools import cache, lru_cache

from jiuye.domains.jobs.sheets.degrees import parse_education
from jiuye.domains.jobs.sheets.parsed import Vocabulary
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.reference.queries import find_region, guess_occupation
from jiuye.kernel.identifiers import check_credit_code


@cache
def reference_vocabulary() -> Vocabulary:
    """Return the vocabulary for parsing rows, except in tests that bring their own."""
    return Vocabulary(
        find_region=find_region,
        find_education=lru_cache(maxsize=4096)(parse_education),
        education_label=_education_label,
        guess_occupation=guess_occupation,
        check_credit_code=check_credit_code,
    )


def _education_label(code: str) -> str:
    return str(EducationLevel(code).label) if code else ""
