"""Seekers' saved postings and browsing history. Neither audited nor published: what people read is private
(个人信息保护法 arts. 6, 19).
"""

from uuid import UUID

from jiuye.domains.jobs.models import BrowsingRecord, HistoryPause, JobPosting, SavedJob
from jiuye.domains.jobs.queries.public import NEVER_PUBLIC
from jiuye.domains.jobs.queries.records import pay_seen
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, SignInRequired


def save_job(actor: Actor, *, posting_id: UUID) -> None:
    """Save a posting with its present pay. Idempotent. Raises `NotFound` if it was never public."""
    posting = _public(posting_id)
    row = SavedJob(user_id=_person(actor), posting=posting, saved_at=clock.now(), seen=pay_seen(posting))
    SavedJob.objects.bulk_create([row], ignore_conflicts=True)


def acknowledge_changes(actor: Actor, *, posting_id: UUID) -> None:
    """Mark the changes of a saved posting as read: later changes are compared with its present content."""
    posting = _public(posting_id)
    SavedJob.objects.filter(user_id=_person(actor), posting=posting).update(seen=pay_seen(posting))


def unsave_job(actor: Actor, *, posting_id: UUID) -> None:
    """Remove a saved posting. Idempotent."""
    SavedJob.objects.filter(user_id=_person(actor), posting_id=posting_id).delete()


def record_view(actor: Actor, *, posting_id: UUID) -> None:
    """Record that the actor viewed a posting; only the last time is kept. Does nothing while history is paused.

    Raises `NotFound` if the posting was never public.
    """
    posting = _public(posting_id)
    if HistoryPause.objects.filter(user_id=_person(actor)).exists():
        return
    BrowsingRecord.objects.bulk_create(
        [BrowsingRecord(user_id=_person(actor), posting=posting, viewed_at=clock.now())],
        update_conflicts=True,
        unique_fields=["user", "posting"],
        update_fields=["viewed_at"],
    )


def pause_history(actor: Actor) -> None:
    """Stop recording views; existing records stay until deleted. Idempotent."""
    row = HistoryPause(user_id=_person(actor), paused_at=clock.now())
    HistoryPause.objects.bulk_create([row], ignore_conflicts=True)


def resume_history(actor: Actor) -> None:
    """Record views again. Idempotent."""
    HistoryPause.objects.filter(user_id=_person(actor)).delete()


def forget_view(actor: Actor, *, posting_id: UUID) -> None:
    """Delete one posting from the browsing history. Idempotent."""
    BrowsingRecord.objects.filter(user_id=_person(actor), posting_id=posting_id).delete()


def forget_all_views(actor: Actor) -> None:
    """Delete the browsing history."""
    BrowsingRecord.objects.filter(user_id=_person(actor)).delete()


def _public(posting_id: UUID) -> JobPosting:
    posting = JobPosting.objects.filter(pk=posting_id).exclude(state__in=NEVER_PUBLIC).first()
    if posting is None:
        raise NotFound("没有找到这个职位，它可能已被删除。")
    return posting


def _person(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise SignInRequired
    return actor.person_id
