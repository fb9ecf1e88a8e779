"""Turn one row of a sheet into a posting, or into all reasons why not.

Required content: 人力资源市场暂行条例 art. 24, 网络招聘服务管理规定 (employment type, working conditions), and an end
date (关于规范网络平台招聘类信息发布的通知, 2025-12). A row that lacks some of it is imported as a draft that names
what is missing.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from jiuye.domains.jobs.experience import Experience, parse_experience
from jiuye.domains.jobs.pay import Pay, PayError
from jiuye.domains.jobs.pay_text import parse_pay
from jiuye.domains.jobs.sheets.cleaning import clean_text, is_formula, is_plain
from jiuye.domains.jobs.sheets.dates import DateError, parse_day, parse_validity
from jiuye.domains.jobs.sheets.descriptions import compose_requirements, split_description
from jiuye.domains.jobs.sheets.fields import BY_CODE, DEFAULTABLE, LEGAL
from jiuye.domains.jobs.sheets.industries import read_industry
from jiuye.domains.jobs.sheets.mapping import cell
from jiuye.domains.jobs.sheets.parsed import Choices, Note, ParsedPosting, Reason, RowErrors, Vocabulary
from jiuye.domains.jobs.sheets.tags import LONGEST_SKILL, MOST, SortedTags, sort_tags, split_words
from jiuye.domains.jobs.sheets.words import parse_employment_type, parse_headcount, parse_ownership, parse_size
from jiuye.domains.jobs.sheets.workplaces import read_workplace

LONGEST = {
    "title": 80, "employer_name": 100, "external_code": 64, "address": 200, "pay": 60,
    "duties": 5000, "requirements": 5000, "description": 10000, "working_conditions": 2000,
}  # fmt: skip


def parse_row(
    cells: Sequence[str],
    mapping: Mapping[str, int],
    defaults: Mapping[str, str],
    vocabulary: Vocabulary,
    today: date,
    choices: Choices = Choices(),  # noqa: B008 (frozen)
) -> ParsedPosting | RowErrors:
    """Parse one row. `mapping`: field → column from 0; `defaults`: field → text for rows that leave it blank."""
    return _RowReader(cells, mapping, defaults, vocabulary, today, choices).read()


class _RowReader:
    """Parses one row's fields and collects the errors."""

    def __init__(
        self,
        cells: Sequence[str],
        mapping: Mapping[str, int],
        defaults: Mapping[str, str],
        vocabulary: Vocabulary,
        today: date,
        choices: Choices,
    ) -> None:
        self.mapping, self.choices = mapping, choices
        self.vocabulary, self.today = vocabulary, today
        self.own = {code: cell(cells, column).strip() for code, column in mapping.items()}
        self.texts = {code: text.strip() for code, text in defaults.items() if code in DEFAULTABLE}
        self.texts |= {code: text for code, text in self.own.items() if text}
        # Checked for the whole row at once, because nearly every row is plain (and cells are many).
        together = "|".join(self.texts.values())
        self.is_plain = is_plain(together)
        self.is_suspect = "\ufffd" in together or any(text[:1] in _SUSPECT_STARTS for text in self.own.values())
        self.reasons: list[Reason] = []
        self.notes: list[Note] = []

    def read(self) -> ParsedPosting | RowErrors:
        title = self._line("title")
        if not title:
            self._wrong("title", "没有填写职位名称，请补上")
        values = self._job_values() | self._employer_values() | self._text_values()
        values["occupation"] = self._occupation(title)
        values["external_code"] = self._line("external_code")
        if self.reasons:
            return RowErrors(tuple(self.reasons))
        missing = tuple(code for code in LEGAL if _is_missing(code, values, title))
        return ParsedPosting(
            title=title, missing=missing, content_hash=self._hash(title, values), notes=tuple(self.notes), **values
        )

    def _job_values(self) -> dict[str, Any]:
        return self._workplace() | {
            "pay": self._pay(),
            "headcount": self._parsed("headcount", _parse_headcount),
            "employment_type": self._parsed("employment_type", _parse_employment_type) or "",
            "valid_through": self._parsed("valid_through", lambda text: parse_validity(text, self.today)),
            "published_on": self._published_on(),
        }

    def _employer_values(self) -> dict[str, Any]:
        industry, remark = read_industry(self._line("employer_industry"))
        if remark:
            self._note("employer_industry", remark)
        return {
            "employer_name": self._line("employer_name"),
            "employer_credit_code": self._parsed("employer_credit_code", self.vocabulary.check_credit_code) or "",
            "employer_ownership": _parse_ownership(self._text("employer_ownership")),
            "employer_size": _parse_size(self._text("employer_size")),
            "industry": industry,
        }

    def _text_values(self) -> dict[str, Any]:
        sorted_tags = sort_tags(split_words(self._text("tags")), self.vocabulary.find_education)
        education = self._education(sorted_tags)
        experience = self._parsed("experience", _parse_experience) or sorted_tags.experience
        skills = self._words("skills", LONGEST_SKILL) or sorted_tags.skills
        duties, requirements = self._duties_and_requirements()
        if not requirements:
            label = "" if education is None else (self.vocabulary.education_label(education) or "不限")
            requirements = compose_requirements(label, experience, skills)
        return {
            "education": education or "",
            "experience": experience or Experience(None, None),
            "duties": duties,
            "requirements": requirements,
            "working_conditions": self._long("working_conditions"),
            "tags": sorted_tags.tags,
            "benefits": tuple(dict.fromkeys((*self._words("benefits", 30), *sorted_tags.benefits)))[:MOST],
            "skills": skills,
        }

    def _duties_and_requirements(self) -> tuple[str, str]:
        own_duties, own_requirements = self._own("duties"), self._own("requirements")
        described = split_description(self._long("description")) if self._own("description") else ("", "")
        duties = self._long("duties") if own_duties or not described[0] else described[0]
        requirements = self._long("requirements") if own_requirements or not described[1] else described[1]
        return duties, requirements

    def _workplace(self) -> dict[str, Any]:
        """Return the region's code, the address within it, and what is elsewhere."""
        named = {code: self._line(code) for code in ("province", "city", "county")}
        region = self._line("region") if self._own("region") or not any(named.values()) else ""
        found = read_workplace(**named, region=region, address=self._line("address"), split=self.choices.split_places)
        if found.problem or found.remark:
            self._note(found.column, found.problem or found.remark, holds=bool(found.problem))
        return {"region": found.region, "address": found.address, "elsewhere": found.elsewhere}

    def _pay(self) -> Pay | None:
        written = self._line("pay")
        if not written and ("pay_min" in self.mapping or "pay_max" in self.mapping):
            low, high = self._line("pay_min"), self._line("pay_max")
            written = f"{low}-{high}" if low and high else (f"{low}以上" if low else f"{high}以下" if high else "")
        if not written or "\ufffd" in written:
            return None  # garbled text is already reported
        try:
            return _parse_pay(written)
        except PayError as error:
            self._wrong("pay" if "pay" in self.mapping else "pay_min", str(error))
            return None

    def _education(self, sorted_tags: SortedTags) -> str | None:
        """Return a level's code, blank for 不限, None if the row does not give it."""
        written = self._line("education")
        if not written:
            return sorted_tags.education
        level = self.vocabulary.find_education(written)
        if level is None:
            self._wrong("education", f"学历“{written}”看不明白，请写“高中”“大专”“本科”“硕士”或“不限”等")
        return level

    def _occupation(self, title: str) -> str:
        named = self._line("occupation")
        return (named and self.vocabulary.guess_occupation(named)) or self.vocabulary.guess_occupation(title) or ""

    def _published_on(self) -> date | None:
        try:
            return parse_day(self._text("published_on"))
        except DateError:
            return None  # only a hint

    def _parsed(self, code: str, parse: Callable[[str], Any]) -> Any:
        written = self._text(code)
        if not written:
            return None
        try:
            return parse(written)
        except ValueError as error:
            self._wrong(code, str(error))
            return None

    def _own(self, code: str) -> str:
        """Return the row's own text, not the default."""
        return self.own.get(code, "")

    def _text(self, code: str) -> str:
        return self.texts.get(code, "")

    def _line(self, code: str) -> str:
        return self._long(code).replace("\n", " ")

    def _long(self, code: str) -> str:
        text = self._text(code)
        if not text:
            return ""
        if not self.is_plain:
            text = clean_text(text)
        if self.is_suspect or len(text) > LONGEST.get(code, 200):
            self._check(code, text)
        return text

    def _check(self, code: str, text: str) -> None:
        label = BY_CODE[code].label
        longest = LONGEST.get(code, 200)
        if len(text) > longest:
            self._wrong(code, f"{label}有{len(text)}个字，最多{longest}个，请缩短")
        elif "\ufffd" in text:
            self._wrong(code, f"{label}里有乱码（\ufffd），请改正")
        elif is_formula(text):
            self._wrong(code, f"{label}是公式，不是文字，请改成文字")

    def _words(self, code: str, longest: int) -> tuple[str, ...]:
        return tuple(word for word in split_words(clean_text(self._text(code))) if len(word) <= longest)[:MOST]

    def _wrong(self, code: str, message: str) -> None:
        self.reasons.append(Reason(code, self.mapping.get(code), message))

    def _note(self, code: str, message: str, *, holds: bool = False) -> None:
        self.notes.append(Note(code, self.mapping.get(code), message, holds))

    def _hash(self, title: str, values: dict[str, Any]) -> str:
        """Hash the row itself, without defaults and without days, which differ at the next import."""
        pay = values["pay"]
        own = [
            title,
            values["employer_name"] if self._own("employer_name") else "",
            values["region"],
            values["address"],
            f"{pay.minimum}-{pay.maximum}-{pay.months}" if pay else "",
            *(f"{code}={clean_text(self.own[code])}" for code in _HASHED if self.own.get(code)),
        ]
        return hashlib.sha256("\x1f".join(own).encode()).hexdigest()


# A sheet repeats the same few texts; text that cannot be parsed raises and is not cached.
_remember = lru_cache(maxsize=8192)
_parse_pay, _parse_experience, _parse_headcount = (
    _remember(parse_pay),
    _remember(parse_experience),
    _remember(parse_headcount),
)
_parse_employment_type, _parse_ownership, _parse_size = (
    _remember(parse_employment_type),
    _remember(parse_ownership),
    _remember(parse_size),
)
_SUSPECT_STARTS = frozenset("=@+-")
_HASHED = (
    *("employer_credit_code", "headcount", "employment_type", "education", "experience", "tags", "benefits", "skills"),
    *("duties", "requirements", "description", "working_conditions"),
)


def _is_missing(code: str, values: dict[str, Any], title: str) -> bool:
    if code == "pay":
        return values["pay"] is None or not values["pay"].stated
    return not (title if code == "title" else values[code])
