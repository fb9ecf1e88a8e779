"""Operators' decisions on postings: approve or reject those held by screening, and ban."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.jobs import policies
from jiuye.domains.jobs.actions import checks
from jiuye.domains.jobs.closing import reopen
from jiuye.domains.jobs.events import PostingReviewed, PostingsChanged
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.states import POSTING, ClosingReason
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.text.tidying import tidy_line

REASON_LIMIT = 300


def approve_posting(actor: Actor, *, posting_id: UUID) -> None:
    """Publish a held posting. Raises `Refused` if its last day has passed, or agency or employer may not publish now."""
    with transaction.atomic():
        posting = _locked(actor, posting_id, "approve")
        standing = organisations.standing(posting.agency_id)
        if not standing.may_publish:
            raise Refused(f"“{posting.title}”的机构现在不能发布：{standing.reason}", code="agency_may_not_publish")
        checks.require_restrictions_allow(posting)
        if policies.validity_fault(posting.valid_through, clock.today()):
            raise Refused("这个职位的截止日期已过，请驳回，让机构改日期后重新提交。", code="past_its_last_day")
        moment = clock.now()
        posting.published_at = posting.published_at or moment
        posting.confirmed_at = moment
        reopen(posting)
        posting.review_note = ""
        _decide(actor, posting, "approve", "")
        events.publish(actor, PostingsChanged([posting.id], "approve"))


def reject_posting(actor: Actor, *, posting_id: UUID, reason: str) -> None:
    """Return a held posting to its agency, with the reason. Raises `Invalid` without one."""
    reason = tidy_line(reason)
    if not reason or len(reason) > REASON_LIMIT:
        raise Invalid({"reason": f"请写明原因和怎样修改，机构会看到；最多 {REASON_LIMIT} 字。"})
    with transaction.atomic():
        posting = _locked(actor, posting_id, "reject")
        posting.review_note = reason
        _decide(actor, posting, "reject", reason)


def ban_posting(actor: Actor, *, posting_id: UUID, reason: str) -> None:
    """Ban a posting permanently, whatever its state; the agency sees the reason. Raises `Refused` if it is banned already."""
    reason = tidy_line(reason)
    if not reason or len(reason) > REASON_LIMIT:
        raise Invalid({"reason": f"请写明封禁的原因，机构会看到；最多 {REASON_LIMIT} 字。"})
    with transaction.atomic():
        posting = _locked(actor, posting_id, "ban")
        moment = clock.now()
        posting.closed_at, posting.review_note = posting.closed_at or moment, reason
        posting.closing_reason = ClosingReason.BANNED
        posting.version += 1
        posting.updated_at = moment
        posting.save()
        audit.record(actor, "posting.ban", posting.id, to_state=posting.state, reason=reason)
        events.publish(actor, PostingsChanged([posting.id], "ban"))


def _locked(actor: Actor, posting_id: UUID, verb: str) -> JobPosting:
    policies.may_review(actor)
    posting = JobPosting.objects.select_for_update(of=("self",)).filter(pk=posting_id).first()
    if posting is None:
        raise NotFound
    posting.state = POSTING.find(verb, posting.state, "operator").target
    return posting


def _decide(actor: Actor, posting: JobPosting, verb: str, reason: str) -> None:
    posting.version += 1
    posting.updated_at = clock.now()
    posting.save()
    audit.record(actor, f"posting.{verb}", posting.id, to_state=posting.state, reason=reason)
    events.publish(
        actor,
        PostingReviewed(
            posting_id=posting.id,
            agency_id=posting.agency_id,
            title=posting.title,
            is_approved=verb == "approve",
            reason=reason,
        ),
    )
