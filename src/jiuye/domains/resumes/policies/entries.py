"""Validation of each section's entries."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar, cast

from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.reference.terms import EmploymentType
from jiuye.domains.resumes.entries import (
    CertificateEntry,
    EducationEntry,
    EmploymentEntry,
    Entry,
    IntentionEntry,
    ProjectEntry,
    SkillEntry,
)
from jiuye.domains.resumes.policies.faults import EARLIEST, Faults, TextRule
from jiuye.domains.resumes.states import SectionKind, SkillLevel
from jiuye.kernel import clock

Checked = TypeVar("Checked", bound=Entry)

# Limits for readers; nobody needs more.
MOST_ENTRIES: dict[SectionKind, int] = {
    SectionKind.INTENTION: 5,
    SectionKind.EMPLOYMENT: 20,
    SectionKind.EDUCATION: 10,
    SectionKind.PROJECT: 20,
    SectionKind.SKILL: 30,
    SectionKind.CERTIFICATE: 30,
}
DESCRIPTION = TextRule("description", "描述", 2000, lines=True)
TEXTS: dict[SectionKind, tuple[TextRule, ...]] = {
    SectionKind.INTENTION: (TextRule("title", "期望职位", 60, required=True),),
    SectionKind.EMPLOYMENT: (
        TextRule("employer_name", "单位名称", 100, required=True),
        TextRule("title", "职位", 60, required=True),
        DESCRIPTION,
    ),
    SectionKind.EDUCATION: (
        TextRule("school", "学校名称", 60, required=True),
        TextRule("major", "专业", 60),
        DESCRIPTION,
    ),
    SectionKind.PROJECT: (
        TextRule("name", "项目名称", 80, required=True),
        TextRule("role", "担任角色", 60),
        DESCRIPTION,
    ),
    SectionKind.SKILL: (TextRule("name", "技能名称", 40, required=True),),
    SectionKind.CERTIFICATE: (
        TextRule("name", "证书名称", 80, required=True),
        TextRule("issuer", "颁发机构", 80),
        TextRule("number", "证书编号", 60),
    ),
}
LOWEST_PAY, HIGHEST_PAY = 100, 1_000_000
YEARS_TO_GRADUATION = 8


def text_limits(kind: SectionKind) -> dict[str, int]:
    """Return the maximum length of each text of an entry, for the forms' counters."""
    return {rule.field: rule.limit for rule in TEXTS[kind]}


def checked_entry(entry: Checked, *, birth_year: int | None = None) -> Checked:
    """Return the entry with tidied texts. Raises `Invalid` with every invalid field."""
    faults = Faults()
    tidied = {rule.field: rule.tidy(getattr(entry, rule.field), faults) for rule in TEXTS[entry.kind]}
    _CHECKS[entry.kind](entry, faults, birth_year)
    faults.settle()
    return cast(Checked, replace(cast(Any, entry), **tidied))


def _intention(entry: IntentionEntry, faults: Faults, birth_year: int | None) -> None:
    if entry.occupation and not reference.has_occupation(entry.occupation):
        faults.add("occupation", "请在列表里选择职业。")
    if entry.industry and not reference.has_industry(entry.industry):
        faults.add("industry", "请在列表里选择行业。")
    if entry.region and not reference.has_region(entry.region):
        faults.add("region", "请在列表里选择地区。")
    faults.choice("employment_type", entry.employment_type, EmploymentType.values, "用工类型")
    for field in ("pay_min", "pay_max"):
        pay = getattr(entry, field)
        if pay is not None and not LOWEST_PAY <= pay <= HIGHEST_PAY:
            faults.add(field, f"月薪请填 {LOWEST_PAY} 到 {HIGHEST_PAY:,} 之间的整数（元/月）。")
    if entry.pay_min is not None and entry.pay_max is not None and entry.pay_max < entry.pay_min:
        faults.add("pay_max", "最高月薪不能低于最低月薪。")


def _employment(entry: EmploymentEntry, faults: Faults, birth_year: int | None) -> None:
    faults.period(entry.start_on, entry.end_on, birth_year=birth_year)


def _education(entry: EducationEntry, faults: Faults, birth_year: int | None) -> None:
    faults.choice("level", entry.level, EducationLevel.values, "学历", required=True)
    faults.period(entry.start_on, entry.end_on, years_ahead=YEARS_TO_GRADUATION, birth_year=birth_year)


def _project(entry: ProjectEntry, faults: Faults, birth_year: int | None) -> None:
    faults.period(entry.start_on, entry.end_on, birth_year=birth_year)


def _skill(entry: SkillEntry, faults: Faults, birth_year: int | None) -> None:
    faults.choice("level", entry.level, SkillLevel.values, "熟练程度")


def _certificate(entry: CertificateEntry, faults: Faults, birth_year: int | None) -> None:
    if entry.issued_on is None:
        return
    if entry.issued_on > clock.today():
        faults.add("issued_on", "取得时间还没有到，请检查。")
    elif entry.issued_on < EARLIEST or (birth_year and entry.issued_on.year < birth_year):
        faults.add("issued_on", "取得时间太早了，请检查年份。")


_CHECKS: dict[SectionKind, Callable[..., None]] = {
    SectionKind.INTENTION: _intention,
    SectionKind.EMPLOYMENT: _employment,
    SectionKind.EDUCATION: _education,
    SectionKind.PROJECT: _project,
    SectionKind.SKILL: _skill,
    SectionKind.CERTIFICATE: _certificate,
}
