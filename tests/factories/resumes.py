"""Resumes of invented people."""

from datetime import date
from typing import Any

from django.db import transaction

from jiuye.domains.accounts.models import User
from jiuye.domains.resumes.entries import (
    Basics,
    CertificateEntry,
    EducationEntry,
    EmploymentEntry,
    IntentionEntry,
    ProjectEntry,
    SkillEntry,
)
from jiuye.domains.resumes.events import ResumeChanged
from jiuye.domains.resumes.models import Resume
from jiuye.domains.resumes.queries.rows import MODELS, row_values
from jiuye.kernel import audit, clock, events
from jiuye.kernel.models import AuditEntry
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
    """Every section filled: the rows that the actions would write one by one, in a few statements."""
    reference.region(reference.WUHOU)
    person, moment = actor(user), clock.now()
    head = basics(region=reference.WUHOU, education="40")
    resume = Resume(
        user=user,
        name=head.name,
        email=head.email,
        birth_year=head.birth_year,
        region_id=head.region,
        education=head.education,
        experience_years=head.experience_years,
        availability=head.availability,
        self_description="踏实肯干，能上夜班。",
        completeness=100,
        created_at=moment,
        updated_at=moment,
    )
    entries = (intention(region=reference.CHENGDU), employment(), education(), project(), skill(), certificate())
    sections = [MODELS[entry.kind](resume=resume, **row_values(entry)) for entry in entries]
    parts = ["basics", "self", *[entry.kind for entry in entries]]
    with transaction.atomic():
        if not user.name:
            User.objects.filter(pk=user.pk).update(name=head.name)
        changes = [ResumeChanged(user_id=user.pk, resume_id=resume.id) for _ in parts]
        events.publish(person, *changes, rows=[resume, *sections])
        audited = [audit.entry(person, "resume.change", resume.id, part=part) for part in parts]
        AuditEntry.objects.bulk_create(audited)  # numbered in this order
