"""Keeping and deleting earlier versions of resumes."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from jiuye.domains.resumes.models import Resume, ResumeVersion
from jiuye.domains.resumes.queries.rows import load_view
from jiuye.domains.resumes.queries.versions import KEPT, version_content
from jiuye.domains.resumes.states import VersionCause
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor

SITTING = timedelta(minutes=30)
"""Edits that follow each other within this time are one: the state before the first of them is kept."""
KEPT_FOR = timedelta(days=365)


def keep_version(resume: Resume, cause: VersionCause) -> None:
    """Keep the resume's present state as a version, unless it is blank, already kept, or this edit belongs to the last
    sitting. The resume is locked. Three queries, none within a sitting.
    """
    moment = clock.now()
    if cause == VersionCause.EDIT and moment - resume.updated_at < SITTING:
        return
    view = load_view(resume.user_id)
    if view.is_blank:
        return
    content = version_content(view, resume.user.phone)
    last = ResumeVersion.objects.filter(resume=resume).order_by("-number").first()
    if last and last.content == content:
        return
    number = last.number + 1 if last else 1
    ResumeVersion.objects.create(resume=resume, number=number, made_at=moment, cause=cause, content=content)
    ResumeVersion.objects.filter(resume=resume, number__lte=number - KEPT).delete()


@transaction.atomic
def keep_sent(user_id: UUID) -> None:
    """Keep the resume as a version because it was sent. Idempotent."""
    resume = Resume.objects.select_for_update().filter(user_id=user_id).first()
    if resume:
        keep_version(resume, VersionCause.APPLICATION)


def forget_old_versions(actor: Actor) -> int:
    """Delete versions older than a year. Return the number."""
    return ResumeVersion.objects.filter(made_at__lt=clock.now() - KEPT_FOR).delete()[0]
