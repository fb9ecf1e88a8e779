"""Opening a found resume: a read that is logged for its owner."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.organisations import queries as organisations
from jiuye.domains.resumes.actions.accesses import record_access
from jiuye.domains.resumes.queries.findable import findable
from jiuye.domains.resumes.states import AccessKind
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused
from jiuye.kernel.rate_limits import Limit

PURPOSE = "查找人才（您选择了对所在地区的职介可见）"
OPENED = Limit(
    "found-resumes",
    "打开找到的简历",
    "每位工作人员",
    60,
    3600,
    "为保护求职者，每位工作人员每小时最多打开 {most} 份找到的简历，请 {wait}后再试。",
)
"""More than anybody reads, less than a list is worth."""


def open_found_resume(actor: Actor, *, resume_id: UUID) -> UUID:
    """Log the access and return the owner's id; read the resume by `queries.findable.found_one` afterwards.

    Raises `Refused` (code not_approved) for an agency that may not recruit now, `NotFound` for a resume that it
    cannot find, `Denied` for read-only members, `RateLimited` after too many within the hour.
    """
    check_approved(actor)
    if not findable(actor).filter(pk=resume_id).exists():
        raise NotFound("没有找到这份简历，它可能已不再对职介展示。")
    OPENED.hit(actor.person)
    with transaction.atomic():
        row = findable(actor).select_for_update(of=("self",)).filter(pk=resume_id).first()
        if row is None:
            raise NotFound("没有找到这份简历，它可能已不再对职介展示。")
        record_access(
            actor,
            owner_id=row.user_id,
            organisation_name=organisations.organisation_name("agency", actor.organisation_id or row.user_id),
            kind=AccessKind.VIEW,
            purpose=PURPOSE,
        )
    return row.user_id


def check_approved(actor: Actor) -> None:
    """Raises `Refused` with the reason when the actor's agency may not recruit, and so may not look for people."""
    if actor.organisation_id is None or not actor.acts_for("agency"):
        raise NotFound
    standing = organisations.standing(actor.organisation_id)
    if not standing.may_publish:
        raise Refused(standing.reason.replace("发布职位", "查找简历"), code="not_approved")
