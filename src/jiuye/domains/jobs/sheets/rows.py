"""Turn one row of a sheet into a posting with notes, or into the reasons why nothing can be stated (no title).

Required content: 人力资源市场暂行条例 art. 24, 网络招聘服务管理规定 (employment type, working conditions), and an end
date (关于规范网络平台招聘类信息发布的通知, 2025-12). A row that lacks some of it, or has it in a form that cannot be read, is
imported as a draft that names what is missing.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from jiuye.domains.jobs.experience import ANY, Experience, ExperienceError, parse_experience
from jiuye.domains.jobs.sheets.cells import Cells
from jiuye.domains.jobs.sheets.cleaning import clean_text
from jiuye.domains.jobs.sheets.dates import DateError, parse_day, parse_validity, range_made_a_date
from jiuye.domains.jobs.sheets.degrees import doubt_of_education
from jiuye.domains.jobs.sheets.descriptions import compose_requirements, names_requirements, split_description
from jiuye.domains.jobs.sheets.fields import LEGAL
from jiuye.domains.jobs.sheets.headcounts import Headcount, HeadcountError, parse_headcount
from jiuye.domains.jobs.sheets.industries import read_industry
from jiuye.domains.jobs.sheets.parsed import Choices, ParsedPosting, Reason, RowErrors, Vocabulary
from jiuye.domains.jobs.sheets.pay_cells import pay_of
from jiuye.domains.jobs.sheets.tags import LONGEST_SKILL, MOST, SortedTags, sort_tags, split_words
from jiuye.domains.jobs.sheets.words import WordError, parse_employment_type, parse_ownership, parse_size
from jiuye.domains.jobs.sheets.workplaces import read_workplace
from jiuye.domains.reference.terms import EmploymentType

LONGEST_BENEFIT = 30


def parse_row(
    cells: Sequence[str],
    mapping: Mapping[str, int],
    defaults: Mapping[str, str],
    vocabulary: Vocabulary,
    today: date,
    choices: Choices = Choices(),  # noqa: B008 (frozen)
) -> ParsedPosting | RowErrors:
    """Parse one row. `mapping`: field → column from 0; `defaults`: field → text for rows that leave it blank; `choices.units` as
    `sheets.units.column_units` resolves them. Raises nothing, whatever the cells hold.
    """
    return _RowReader(cells, mapping, defaults, vocabulary, today, choices).read()


class _RowReader:
    """Parses one row's fields."""

    def __init__(
        self,
        cells: Sequence[str],
        mapping: Mapping[str, int],
        defaults: Mapping[str, str],
        vocabulary: Vocabulary,
        today: date,
        choices: Choices,
    ) -> None:
        self.cells = Cells(cells, mapping, defaults)
        self.mapping, self.choices = mapping, choices
        self.vocabulary, self.today = vocabulary, today

    def read(self) -> ParsedPosting | RowErrors:
        cells = self.cells
        title = cells.line("title")
        values = self._job_values() | self._employer_values() | self._text_values()
        values["occupation"] = self._occupation(title)
        values["external_code"] = cells.line("external_code")
        if not title:
            return self._nothing_stated()
        pay = values["pay"]
        missing = tuple([code for code in _LEGAL_TEXTS if not values[code]])
        if pay is None or not pay.stated:
            missing = tuple(code for code in LEGAL if code in missing or code == "pay")
        return ParsedPosting(
            title=title, missing=missing, content_hash=self._hash(title, values), notes=tuple(cells.notes), **values
        )

    def _nothing_stated(self) -> RowErrors:
        """Return the reasons why the row is rejected, and what else to correct in it."""
        noted = [Reason(note.field, note.column, note.message) for note in self.cells.notes]
        if not any(reason.field == "title" for reason in noted):
            noted.insert(0, Reason("title", self.mapping.get("title"), "没有填写职位名称，请补上"))
        return RowErrors(tuple(noted))

    def _job_values(self) -> dict[str, Any]:
        cells = self.cells
        headcount = cells.read("headcount", _headcount)
        if headcount is not None and headcount.doubt:
            cells.note("headcount", headcount.doubt, holds=True)
        return self._workplace() | {
            "pay": pay_of(cells, self.choices),
            "headcount": None if headcount is None else headcount.count,
            "employment_type": self._employment_type(),
            "valid_through": cells.read("valid_through", lambda text: _validity(text, self.today)),
            "published_on": cells.read("published_on", _day),
        }

    def _employment_type(self) -> str:
        cells = self.cells
        if not cells.has_own("employment_type") and "实习" in cells.own.get("experience", ""):
            cells.note("employment_type", "经验一栏写的是实习，用工类型按“实习”理解，请核对")
            return EmploymentType.INTERNSHIP.value
        return cells.read("employment_type", _employment_type) or ""

    def _employer_values(self) -> dict[str, Any]:
        cells = self.cells
        industry, remark = read_industry(cells.line("employer_industry"))
        if remark:
            cells.note("employer_industry", remark)
        return {
            "employer_name": cells.line("employer_name"),
            "employer_credit_code": cells.read("employer_credit_code", self._credit_code) or "",
            "employer_ownership": _parse_ownership(cells.texts.get("employer_ownership", "")),
            "employer_size": _parse_size(cells.texts.get("employer_size", "")),
            "industry": industry,
        }

    def _credit_code(self, text: str) -> tuple[str | None, str]:
        try:
            return self.vocabulary.check_credit_code(text), ""
        except ValueError as error:
            return None, str(error)

    def _text_values(self) -> dict[str, Any]:
        cells = self.cells
        tags = cells.listed("tags")
        sorted_tags = _sorted_tags(tags, self.vocabulary.find_education) if tags else _NO_TAGS
        education = self._education(sorted_tags)
        experience = self._experience() or sorted_tags.experience
        skills = self._words("skills", LONGEST_SKILL) or sorted_tags.skills
        duties, requirements = self._duties_and_requirements()
        if not requirements:
            label = "" if education is None else (self.vocabulary.education_label(education) or "不限")
            requirements = compose_requirements(label, experience, skills)
        benefits = (*self._words("benefits", LONGEST_BENEFIT), *sorted_tags.benefits)
        return {
            "education": education or "",
            "experience": experience or ANY,
            "duties": duties,
            "requirements": requirements,
            "working_conditions": cells.long("working_conditions"),
            "tags": sorted_tags.tags,
            "benefits": tuple(dict.fromkeys(benefits))[:MOST],
            "skills": skills,
        }

    def _experience(self) -> Experience | None:
        written = self.cells.texts.get("experience", "")
        if written and (ends := range_made_a_date(written)):
            message = f"工作经验“{written[:40]}”是一个日期，原来可能写的是“{ends[0]}-{ends[1]}”年，请核对"
            self.cells.note("experience", message, holds=True)
            return None
        return self.cells.read("experience", _experience)

    def _duties_and_requirements(self) -> tuple[str, str]:
        cells = self.cells
        has_duties, has_requirements = cells.has_own("duties"), cells.has_own("requirements")
        duties, requirements = cells.long("duties"), cells.long("requirements")
        if cells.has_own("description"):
            described = cells.long("description")
            whole = described if self.choices.whole_description else ""
            parts = split_description(described)
            if not has_duties:
                duties = cells.within("duties", parts[0] or whole) or duties
            if not has_requirements:
                requirements = cells.within("requirements", parts[1] or whole) or requirements
        elif has_duties and not has_requirements and names_requirements(duties):
            parts = split_description(duties)
            duties, requirements = parts[0], parts[1] or requirements
        return duties, requirements

    def _workplace(self) -> dict[str, Any]:
        """Return the region's code, the address within it, and what is elsewhere."""
        cells = self.cells
        named = {code: cells.line(code) for code in ("province", "city", "county")}
        region = cells.line("region") if cells.has_own("region") or not any(named.values()) else ""
        found = read_workplace(**named, region=region, address=cells.line("address"), split=self.choices.split_places)
        if found.problem or found.remark:
            cells.note(found.column, found.problem or found.remark, holds=bool(found.problem))
        return {"region": found.region, "address": found.address, "elsewhere": found.elsewhere}

    def _education(self, sorted_tags: SortedTags) -> str | None:
        """Return a level's code, blank for 不限, None if the row does not give it."""
        written = self.cells.line("education")
        if not written:
            return sorted_tags.education
        level = self.vocabulary.find_education(written)
        if level is None:
            self.cells.note(
                "education", f"学历“{written[:40]}”看不明白，没有导入，请写“高中”“大专”“本科”“硕士”或“不限”等"
            )
        elif doubt := _doubt_of_education(written):
            self.cells.note("education", doubt)
        return level

    def _occupation(self, title: str) -> str:
        named = self.cells.line("occupation")
        return (named and self.vocabulary.guess_occupation(named)) or self.vocabulary.guess_occupation(title) or ""

    def _words(self, code: str, longest: int) -> tuple[str, ...]:
        text = self.cells.listed(code)
        if not text:
            return ()
        fitting, others = _fitting(text if self.cells.is_plain else clean_text(text), longest)
        if others:
            self.cells.note(code, f"有{others}个词超过{longest}个字，没有导入，请用顿号隔开")
        return fitting

    def _hash(self, title: str, values: dict[str, Any]) -> str:
        """Hash the row itself, without defaults and without days, which differ at the next import."""
        pay, cells = values["pay"], self.cells
        own = cells.own
        said = [
            title,
            values["employer_name"] if "employer_name" in own else "",
            values["region"],
            values["address"],
            f"{pay.minimum}-{pay.maximum}-{pay.months}" if pay else "",
            *[f"{code}={own[code] if cells.is_plain else clean_text(own[code])}" for code in _HASHED if code in own],
        ]
        return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


_NO_TAGS = SortedTags()
_LEGAL_TEXTS = tuple(code for code in LEGAL if code not in ("title", "pay"))
_HASHED = (
    *("employer_credit_code", "headcount", "employment_type", "education", "experience", "tags", "benefits", "skills"),
    *("duties", "requirements", "description", "working_conditions"),
)
# A sheet repeats the same few texts.
_remember = lru_cache(maxsize=8192)
_parse_ownership, _parse_size, _doubt_of_education = (
    _remember(parse_ownership),
    _remember(parse_size),
    _remember(doubt_of_education),
)


@_remember
def _sorted_tags(text: str, find_education: Callable[[str], str | None]) -> SortedTags:
    return sort_tags(split_words(text), find_education)


@_remember
def _fitting(text: str, longest: int) -> tuple[tuple[str, ...], int]:
    """Return the words of a list that are not too long, and how many are."""
    words = split_words(text)
    fitting = tuple(word for word in words if len(word) <= longest)
    return fitting[:MOST], len(words) - len(fitting)


@_remember
def _headcount(text: str) -> tuple[Headcount | None, str]:
    try:
        return parse_headcount(text), ""
    except HeadcountError as error:
        return None, str(error)


@_remember
def _experience(text: str) -> tuple[Experience | None, str]:
    try:
        return parse_experience(text), ""
    except ExperienceError as error:
        return None, str(error)


@_remember
def _employment_type(text: str) -> tuple[str | None, str]:
    try:
        return parse_employment_type(text), ""
    except WordError as error:
        return None, str(error)


@_remember
def _validity(text: str, today: date) -> tuple[date | None, str]:
    try:
        return parse_validity(text, today), ""
    except DateError as error:
        return None, str(error)


@_remember
def _day(text: str) -> tuple[date | None, str]:
    try:
        return parse_day(text), ""
    except DateError:
        return None, ""  # only a hint
