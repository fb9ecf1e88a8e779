"""Resumes of invented people."""

from datetime import date
from typing import Any

from jiuye.domains.accounts.models import User
from jiuye.domains.resumes import actions
from jiuye.domains.resumes.entries import (
    Basics,
    CertificateEntry,
    EducationEntry,
    EmploymentEntry,
    IntentionEntry,
    ProjectEntry,
    SkillEntry,
)
from tests.factories import reference
from tests.factories.accounts import actor


def basics(**changes: Any) -> Basics:
    """A plausible head."""
    values = {
        "name": "林小满",
        "email": "lin@example.com",
        "birth_year": 1995,
        "experience_years": 6,
        "availability": "now",
    }
    return Basics(**{**values, **changes})


def intention(**changes: Any) -> IntentionEntry:
    """Wants to weld in Chengdu. Call `reference.region(CHENGDU)` first when the region is kept."""
    return IntentionEntry(
        **{"title": "电焊工", "pay_min": 7000, "pay_max": 9000, "employment_type": "full_time", **changes}
    )


def employment(**changes: Any) -> EmploymentEntry:
    """Six years at a made-up works."""
    values = {
        "employer_name": "蓉江机械制造有限公司",
        "title": "电焊工",
        "start_on": date(2018, 7, 1),
        "end_on": date(2024, 3, 1),
        "description": "负责钢结构焊接。\n持证上岗，无事故。",
    }
    return EmploymentEntry(**{**values, **changes})


def education(**changes: Any) -> EducationEntry:
    """A made-up vocational school."""
    values = {
        "school": "蓉江职业技术学校",
        "level": "40",
        "major": "焊接技术",
        "start_on": date(2012, 9, 1),
        "end_on": date(2015, 6, 1),
    }
    return EducationEntry(**{**values, **changes})


def project(**changes: Any) -> ProjectEntry:
    """A bridge."""
    return ProjectEntry(
        **{
            "name": "跨江桥梁钢箱梁",
            "role": "焊工班长",
            "start_on": date(2020, 1, 1),
            "end_on": date(2020, 9, 1),
            **changes,
        }
    )


def skill(**changes: Any) -> SkillEntry:
    """Welds well."""
    return SkillEntry(**{"name": "氩弧焊", "level": "expert", **changes})


def certificate(**changes: Any) -> CertificateEntry:
    """A made-up certificate."""
    return CertificateEntry(
        **{
            "name": "熔化焊接作业证",
            "issuer": "应急管理局",
            "number": "T510107880501",
            "issued_on": date(2019, 5, 1),
            **changes,
        }
    )


def whole_resume(user: User) -> None:
    """Every section filled."""
    reference.region(reference.WUHOU)
    person = actor(user)
    actions.save_basics(person, basics=basics(region=reference.WUHOU, education="40"))
    actions.save_self_description(person, text="踏实肯干，能上夜班。")
    for entry in (
        intention(region=reference.CHENGDU),
        employment(),
        education(),
        project(),
        skill(),
        certificate(),
    ):
        actions.save_section(person, entry=entry)
