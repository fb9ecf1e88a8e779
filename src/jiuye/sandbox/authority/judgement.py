"""Comparing a statement with the records: the same statement always gets the same outcome."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from jiuye.sandbox import people
from jiuye.sandbox.authority.statements import Statement
from jiuye.sandbox.people import Employment, Person

SOURCES = {
    "identity": "人口基础信息",
    "employment": "社会保险参保记录",
    "education": "学历学位信息",
    "certificate": "职业技能等级证书信息",
}
ONGOING = "至今"
_TOLERATED_MONTHS = 1
_DOTS = re.compile(r"[·•‧∙⋅・]")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that differs from the records; `recorded` is empty where they do not disclose it."""

    field: str
    stated: str
    recorded: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome, with the differences if `mismatched`."""

    outcome: Literal["verified", "mismatched", "no_record"]
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """Records that are not the person's from the start: insurances, and the name that the registers have for a stated code."""

    employments: tuple[Employment, ...] = ()
    unit_name: str = ""


NO_RECORD = Judgement("no_record")
NOTHING_ADDED = Added()


def plain(text: str) -> str:
    """Return a name in the form that is compared: full- and half-width letters and brackets are equal, so are the dots
    within names of people; spaces and case are ignored.

    >>> plain("春晖（蓉城） 食品 ")
    '春晖(蓉城)食品'
    """
    return re.sub(r"\s", "", _DOTS.sub("·", unicodedata.normalize("NFKC", text))).casefold()


def month_number(month: str) -> int:
    """Return the months since the year 0 of a `YYYY-MM`.

    >>> month_number("2025-01") - month_number("2024-12")
    1
    """
    year, number = month.split("-")[:2]
    return int(year) * 12 + int(number)


def judge(statement: Statement, added: Added = NOTHING_ADDED) -> Judgement:
    """Compare a statement with the person's records. Names are never disclosed to someone who does not know them."""
    person = people.by_id_number(statement.id_number)
    if person is None:
        return NO_RECORD
    if plain(person.name) != plain(statement.name):
        return Judgement("mismatched", (Difference("name", statement.name, ""),))
    person = replace(person, employments=person.employments + added.employments)
    judged = _COMPARISONS[statement.kind](person, statement)
    if judged.outcome == "no_record" or not statement.claims.get("credit_code"):
        return judged
    return _judged(*judged.differences, _credit_code(statement, added))


def _judged(*differences: Difference | None) -> Judgement:
    found = tuple(difference for difference in differences if difference)
    return Judgement("mismatched", found) if found else Judgement("verified")


def _identity(person: Person, statement: Statement) -> Judgement:
    """Compare the phone if one is stated; name and ID number have been checked already."""
    stated = statement.claims["phone"]
    same = not stated or stated.removeprefix("+86") == person.phone
    return _judged(None if same else Difference("phone", stated, ""))


def _month(field: str, stated: str, recorded: str) -> Difference | None:
    """Compare months with a tolerance of one: insurance often starts or ends a month beside the work. Empty means current."""
    if stated and recorded and abs(month_number(stated) - month_number(recorded)) <= _TOLERATED_MONTHS:
        return None
    return None if stated == recorded else Difference(field, stated or ONGOING, recorded or ONGOING)


def _credit_code(statement: Statement, added: Added) -> Difference | None:
    """Compare the name that the stated code has in the registers."""
    is_same = plain(added.unit_name) == plain(statement.claims["employer"])
    return None if is_same else Difference("credit_code", statement.claims["credit_code"], "")


def _employed_today(person: Person, statement: Statement) -> Judgement:
    """Look for current insurance at this employer. Where else somebody works is not disclosed."""
    employer = plain(statement.claims["employer"])
    here = [period for period in person.employments if plain(period.employer) == employer]
    if any(not period.end for period in here):
        return Judgement("verified")
    if here:
        return _judged(Difference("end", ONGOING, max(period.end for period in here)))
    is_insured = any(not period.end for period in person.employments)
    return _judged(Difference("employer", statement.claims["employer"], "")) if is_insured else NO_RECORD


def _employment(person: Person, statement: Statement) -> Judgement:
    """Compare with the insured period at this employer that starts nearest; else with any that overlaps, as another employer."""
    stated = statement.claims
    if not stated["start"]:
        return _employed_today(person, statement)
    start, end = month_number(stated["start"]), month_number(stated["end"] or "9999-12")

    def overlaps(first: str, last: str) -> bool:
        return month_number(first) <= end and start <= month_number(last or "9999-12")

    wanted = plain(stated["employer"])
    same = [period for period in person.employments if plain(period.employer) == wanted]
    found = same or [period for period in person.employments if overlaps(period.start, period.end)]
    if not found:
        return NO_RECORD
    nearest = min(found, key=lambda period: abs(month_number(period.start) - start))
    return _judged(
        None if same else Difference("employer", stated["employer"], nearest.employer),
        _month("start", stated["start"], nearest.start),
        _month("end", stated["end"], nearest.end),
    )


def _education(person: Person, statement: Statement) -> Judgement:
    """Compare with the record of this school, else of this level; only the year of the end counts."""
    stated = statement.claims
    at_school = [record for record in person.educations if plain(record.school) == plain(stated["school"])]
    of_level = [record for record in person.educations if record.level == stated["level"]]
    both = [record for record in at_school if record in of_level]
    found = both or at_school or of_level
    if not found:
        return NO_RECORD
    year = stated["end"][:4]
    nearest = min(found, key=lambda record: abs(int(record.end) - int(year)))
    return _judged(
        None if nearest in at_school else Difference("school", stated["school"], nearest.school),
        None if nearest in of_level else Difference("level", stated["level"], nearest.level),
        None if year == nearest.end else Difference("end", stated["end"], nearest.end),
    )


def _certificate(person: Person, statement: Statement) -> Judgement:
    """Compare with the certificate of this number, else of this title, whose number is then not disclosed."""
    stated = statement.claims
    of_number = [record for record in person.certificates if plain(record.number) == plain(stated["number"])]
    of_title = [record for record in person.certificates if plain(record.title) == plain(stated["title"])]
    found = of_number or of_title
    if not found:
        return NO_RECORD
    record = found[0]
    same_day = not stated["issued"] or stated["issued"] == record.issued
    return _judged(
        None if record in of_title else Difference("title", stated["title"], record.title),
        None if record in of_number else Difference("number", stated["number"], ""),
        None if same_day else Difference("issued", stated["issued"], record.issued),
    )


_COMPARISONS: dict[str, Callable[[Person, Statement], Judgement]] = {
    "identity": _identity,
    "employment": _employment,
    "education": _education,
    "certificate": _certificate,
}
