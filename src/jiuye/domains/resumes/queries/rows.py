"""Conversion of rows to views and entries."""

from dataclasses import fields
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.db.models import Exists, OuterRef

from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.reference.terms import EmploymentType
from jiuye.domains.resumes.checkable import identity_claims
from jiuye.domains.resumes.entries import (
    Basics,
    CertificateEntry,
    EducationEntry,
    EmploymentEntry,
    Entry,
    IntentionEntry,
    ProjectEntry,
    SkillEntry,
)
from jiuye.domains.resumes.models import Resume
from jiuye.domains.resumes.queries.views import (
    AttachmentView,
    CertificateView,
    EducationView,
    EmploymentView,
    IntentionView,
    ProjectView,
    ResumeView,
    SkillView,
    Term,
    mark_of,
)
from jiuye.domains.resumes.queries.whole import MODELS, whole
from jiuye.domains.resumes.states import Availability, SectionKind, SkillLevel
from jiuye.domains.verification.queries import ItemState, digest
from jiuye.kernel.errors import NotFound

ENTRIES: dict[SectionKind, type[Entry]] = {
    SectionKind.INTENTION: IntentionEntry,
    SectionKind.EMPLOYMENT: EmploymentEntry,
    SectionKind.EDUCATION: EducationEntry,
    SectionKind.PROJECT: ProjectEntry,
    SectionKind.SKILL: SkillEntry,
    SectionKind.CERTIFICATE: CertificateEntry,
}
# Foreign keys by code: null in the row where the entry has "".
REFERENCES = frozenset({"occupation", "industry", "region"})


def resume_of(user_id: UUID, *, with_parts: bool = False) -> Resume | None:
    """Return the person's resume with its user; `with_parts` also annotates which sections have entries, in the same query."""
    rows = Resume.objects.select_related("user").filter(user_id=user_id)
    if with_parts:
        rows = rows.annotate(
            **{f"has_{kind}": Exists(_rows(kind).filter(resume=OuterRef("pk"))) for kind in SectionKind.values}
        )
    return rows.first()


def present_parts(resume: Resume) -> set[str]:
    """Return the keys of the completeness parts that are present; `resume` was loaded `with_parts`."""
    there = {
        "name": resume.name or resume.user.name,
        "self_description": resume.self_description,
        "region": resume.region_id,
        "availability": resume.availability,
        "experience_years": resume.experience_years is not None,
        "education_level": resume.education,
        "birth_year": resume.birth_year,
        **{str(kind): getattr(resume, f"has_{kind}") for kind in SectionKind.values},
    }
    there["employment"] = there["employment"] or resume.experience_years == 0
    return {key for key, present in there.items() if present}


def load_view(user_id: UUID) -> ResumeView:
    """Return the person's resume as it is now; callers check access. One query. Raises `NotFound` for no such person."""
    found = whole(user_id)
    if found is None:
        raise NotFound
    head, sections = found.head, found.sections
    if head is None:
        return ResumeView(name=found.login_name, phone=found.login_phone)
    name = head.name or found.login_name
    return ResumeView(
        name=name,
        phone=head.phone or found.login_phone,
        email=head.email,
        birth_year=head.birth_year,
        region=_region(head.region_id),
        education=_label(EducationLevel, head.education),
        experience_years=head.experience_years,
        availability=_label(Availability, head.availability),
        self_description=head.self_description,
        photo_key="" if head.photo_removed_at else head.photo_key,
        intentions=tuple(map(_intention, sections[SectionKind.INTENTION])),
        employments=tuple(map(partial(_plain, EmploymentView), sections[SectionKind.EMPLOYMENT])),
        educations=tuple(map(_education, sections[SectionKind.EDUCATION])),
        projects=tuple(map(partial(_plain, ProjectView), sections[SectionKind.PROJECT])),
        skills=tuple(map(_skill, sections[SectionKind.SKILL])),
        certificates=tuple(map(partial(_plain, CertificateView), sections[SectionKind.CERTIFICATE])),
        attachments=tuple(map(partial(_plain, AttachmentView), found.attachments)),
        marks=tuple(mark_of(state) for state in found.checks if _is_of(state, user_id, name)),
        completeness=head.completeness,
        updated_at=head.updated_at,
    )


def _is_of(state: ItemState, user_id: UUID, name: str) -> bool:
    """Whether a result is about the resume's text: an identity check may have been about another name."""
    return state.subject_id != user_id or state.digest == digest(identity_claims(name))


def find_row(user_id: UUID, kind: SectionKind, section_id: UUID) -> Any:
    """Return the row of the person's own section entry. Raises `NotFound`."""
    row = _rows(kind).filter(pk=section_id, resume__user_id=user_id).first()
    if row is None:
        raise NotFound("这一条内容不存在，可能已被删除。")
    return row


def entry_of(kind: SectionKind, row: Any) -> Entry:
    """Return a row as it was typed."""
    values: dict[str, Any] = {
        field.name: getattr(row, f"{field.name}_id") or "" if field.name in REFERENCES else getattr(row, field.name)
        for field in fields(ENTRIES[kind])
    }
    return ENTRIES[kind](**values)


def head_of(resume: Resume) -> Basics:
    """Return the resume's head as it was typed, with the account's values for what is missing."""
    return Basics(
        name=resume.name or resume.user.name,
        phone=resume.phone or resume.user.phone,
        email=resume.email,
        birth_year=resume.birth_year,
        region=resume.region_id or "",
        education=resume.education,
        experience_years=resume.experience_years,
        availability=resume.availability,
    )


def row_values(entry: Entry) -> dict[str, Any]:
    """Return an entry's values by column name."""
    return {
        f"{field.name}_id" if field.name in REFERENCES else field.name: getattr(entry, field.name) or None
        if field.name in REFERENCES
        else getattr(entry, field.name)
        for field in fields(entry)
    }


def _rows(kind: str) -> Any:
    return cast(Any, MODELS[SectionKind(kind)]).objects


def _label(choices: Any, code: str) -> Term | None:
    return Term(code, str(choices(code).label)) if code else None


def _region(code: str | None) -> Term | None:
    return Term(code, reference.full_name(code)) if code else None


def _plain(view: type[Any], row: Any) -> Any:
    return view(**{field.name: getattr(row, field.name) for field in fields(view)})


def _intention(row: Any) -> IntentionView:
    return IntentionView(
        id=row.id,
        title=row.title,
        occupation=Term(row.occupation_id, reference.occupation(row.occupation_id).name) if row.occupation_id else None,
        industry=Term(row.industry_id, reference.industry(row.industry_id).name) if row.industry_id else None,
        region=_region(row.region_id),
        pay_min=row.pay_min,
        pay_max=row.pay_max,
        employment_type=_label(EmploymentType, row.employment_type),
    )


def _education(row: Any) -> EducationView:
    return EducationView(
        id=row.id,
        school=row.school,
        major=row.major,
        level=Term(row.level, str(EducationLevel(row.level).label)),
        start_on=row.start_on,
        end_on=row.end_on,
        description=row.description,
    )


def _skill(row: Any) -> SkillView:
    return SkillView(id=row.id, name=row.name, level=_label(SkillLevel, row.level))
