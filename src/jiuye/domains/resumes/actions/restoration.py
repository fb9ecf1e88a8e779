"""Restoring an earlier version of a resume."""

from dataclasses import fields
from typing import Any, cast
from uuid import UUID

from django.db import transaction

from jiuye.domains.reference import queries as reference
from jiuye.domains.resumes.actions.changes import lock, settle
from jiuye.domains.resumes.actions.invalidation import reset_if_other
from jiuye.domains.resumes.actions.versions import keep_version
from jiuye.domains.resumes.models import Resume, ResumeVersion
from jiuye.domains.resumes.queries.rows import ENTRIES, MODELS, entry_of, row_values
from jiuye.domains.resumes.queries.versions import view_of_version
from jiuye.domains.resumes.queries.views import ResumeView, Term
from jiuye.domains.resumes.states import SectionKind, VersionCause
from jiuye.domains.verification import actions as verification
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound

_KNOWN = {"region": reference.has_region, "occupation": reference.has_occupation, "industry": reference.has_industry}


@transaction.atomic
def restore_version(actor: Actor, *, version_id: UUID) -> None:
    """Restore the resume to this version; the present state becomes a version itself, so that this can be undone.

    Entries that stay keep their verification results where the checked fields are equal; photo and attachments are
    not changed. Codes that no longer exist are dropped. Raises `NotFound`.
    """
    resume = lock(actor)
    row = ResumeVersion.objects.filter(resume=resume, pk=version_id).first()
    if row is None:
        raise NotFound("没有找到这个版本，它可能已超过保留期限。")
    keep_version(resume, VersionCause.RESTORE)
    view = view_of_version(row.content)
    if resume.name and resume.name != view.name:
        verification.reset(actor, subject_ids=[resume.user_id])
    _restore_head(resume, view)
    for kind in SectionKind:
        _restore_section(actor, resume, kind, view)
    settle(actor, resume, "version")


def _restore_head(resume: Resume, view: ResumeView) -> None:
    resume.name, resume.phone, resume.email = view.name, view.phone, view.email
    resume.birth_year, resume.experience_years = view.birth_year, view.experience_years
    resume.region_id = _code("region", view.region) or None
    resume.education = _code("education", view.education)
    resume.availability = _code("availability", view.availability)
    resume.self_description = view.self_description
    resume.save()


def _restore_section(actor: Actor, resume: Resume, kind: SectionKind, view: ResumeView) -> None:
    model = cast(Any, MODELS[kind])
    there = {row.pk: row for row in model.objects.select_for_update().filter(resume=resume).order_by("position", "id")}
    wanted: dict[UUID, Any] = {entry.id: entry for entry in view.section(kind)}
    gone = [key for key in there if key not in wanted]
    if gone:
        model.objects.filter(pk__in=gone).delete()
        verification.reset(actor, subject_ids=gone)
    fresh = []
    for place, (key, shown) in enumerate(wanted.items()):
        entry = ENTRIES[kind](**{field.name: _typed(field.name, shown) for field in fields(ENTRIES[kind])})
        if key not in there:
            fresh.append(model(id=key, resume=resume, position=place, **row_values(entry)))
            continue
        row = there[key]
        reset_if_other(actor, section_id=key, before=entry_of(kind, row), after=entry)
        for column, value in {"position": place, **row_values(entry)}.items():
            setattr(row, column, value)
        row.save()
    model.objects.bulk_create(fresh)


def _typed(name: str, shown: Any) -> Any:
    """Return a value of a view as its entry stores it."""
    value = getattr(shown, name)
    is_coded = isinstance(value, Term) or name in {"occupation", "industry", "region", "level", "employment_type"}
    return _code(name, value) if is_coded else value


def _code(name: str, term: Term | None) -> str:
    if term is None or not _KNOWN.get(name, bool)(term.code):
        return ""
    return term.code
