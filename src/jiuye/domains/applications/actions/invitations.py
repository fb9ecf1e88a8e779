"""Invitations to apply for people found by an agency, and how their receivers decline them."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from jiuye.domains.applications.events import InvitedToApply
from jiuye.domains.applications.models import InvitationToApply
from jiuye.domains.applications.queries.invitations import posting_on_offer
from jiuye.domains.applications.queries.views import open_application
from jiuye.domains.resumes.actions import check_approved
from jiuye.domains.resumes.queries import findable
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.rate_limits import Limit
from jiuye.kernel.text.tidying import tidy_line

INVITED = Limit(
    "invitations-to-apply",
    "邀请求职者投递",
    "每位工作人员",
    20,
    86_400,
    "每位工作人员每天最多邀请 {most} 人投递，请 {wait}后再继续。",
)
LEFT_ALONE_FOR = timedelta(days=30)
"""How long an agency does not invite somebody who said that they are not interested."""
LONGEST_NOTE = 200


def invite_to_apply(actor: Actor, *, resume_id: UUID, posting_id: UUID, note: str = "") -> UUID:
    """Invite the owner of a found resume to apply to one of the agency's open postings; once per posting.

    Repeating it returns the first invitation. A block of the posting's employer is not checked: an invitation
    discloses nothing, and a refusal would reveal the block.

    Raises `NotFound` for a resume that the agency cannot find or a posting of another agency, `Invalid` (posting,
    note), `Refused` (not_approved, posting_closed, already_applied, left_alone), `Denied` for read-only members,
    `RateLimited` past `INVITED`.
    """
    check_approved(actor)
    tidied = tidy_line(note)
    if len(tidied) > LONGEST_NOTE:
        raise Invalid({"note": f"最多 {LONGEST_NOTE} 个字，现在有 {len(tidied)} 个字，请删减一些。"})
    person_id = findable.found_one(actor, resume_id).owner_id
    agency_id = posting_on_offer(actor, posting_id)
    if there := _sent_before(person_id, posting_id):
        return there
    _check_willing(agency_id, person_id, posting_id)
    INVITED.hit(actor.person)
    return _invite(actor, agency_id, person_id, posting_id, tidied)


@transaction.atomic
def _invite(actor: Actor, agency_id: UUID, person_id: UUID, posting_id: UUID, note: str) -> UUID:
    fresh = InvitationToApply(
        user_id=person_id,
        posting_id=posting_id,
        agency_id=agency_id,
        invited_by=actor.person,
        note=note,
        created_at=clock.now(),
    )
    # Of two clicks at once the database keeps one.
    InvitationToApply.objects.bulk_create([fresh], ignore_conflicts=True)
    kept = _sent_before(person_id, posting_id)
    if kept != fresh.id:
        return kept or fresh.id
    events.publish(
        actor,
        InvitedToApply(invitation_id=fresh.id, user_id=person_id, posting_id=posting_id, agency_id=fresh.agency_id),
    )
    audit.record(actor, "application.invite_to_apply", fresh.id, posting_id=posting_id)
    return fresh.id


@transaction.atomic
def decline_invitation(actor: Actor, *, invitation_id: UUID) -> None:
    """Decline the invitation; the agency cannot invite this person for a while. Idempotent. Raises `NotFound`."""
    mine = InvitationToApply.objects.filter(pk=invitation_id, user_id=actor.person)
    if not mine.exists():
        raise NotFound("没有找到这份邀请。")
    if mine.filter(declined_at=None).update(declined_at=clock.now()):
        audit.record(actor, "application.decline_invitation", invitation_id)


@transaction.atomic
def reconsider_invitation(actor: Actor, *, invitation_id: UUID) -> None:
    """Undo declining. Idempotent. Raises `NotFound`."""
    mine = InvitationToApply.objects.filter(pk=invitation_id, user_id=actor.person)
    if not mine.exists():
        raise NotFound("没有找到这份邀请。")
    if mine.exclude(declined_at=None).update(declined_at=None):
        audit.record(actor, "application.reconsider_invitation", invitation_id)


def _check_willing(agency_id: UUID, person_id: UUID, posting_id: UUID) -> None:
    if open_application(person_id, posting_id):
        raise Refused("这位求职者已经投递了这个职位，请到“投递”里查看。", code="already_applied")
    lately = clock.now() - LEFT_ALONE_FOR
    told_off = InvitationToApply.objects.filter(user_id=person_id, agency_id=agency_id, declined_at__gte=lately)
    if told_off.exists():
        raise Refused(
            f"这位求职者对贵机构的邀请表示过不感兴趣，{LEFT_ALONE_FOR.days} 天内不再打扰。可以看看其他人。",
            code="left_alone",
        )


def _sent_before(person_id: UUID, posting_id: UUID) -> UUID | None:
    sent = InvitationToApply.objects.filter(user_id=person_id, posting_id=posting_id)
    return sent.values_list("id", flat=True).first()
