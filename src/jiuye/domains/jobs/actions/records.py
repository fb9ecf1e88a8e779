"""What a seeker keeps of postings. Neither audited nor published: what people look at is their own business
(个人信息保护法 arts. 6, 19)."""

from uuid import UUID

from jiuye.domains.jobs.models import BrowsingRecord, JobPosting, SavedJob
from jiuye.domains.jobs.queries.public import NEVER_PUBLIC
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, SignInRequired


def save_job(actor: Actor, *, posting_id: UUID) -> None:
    """Keep a posting; keeping it again changes nothing. Raises `NotFound` for one that never was public."""
    SavedJob.objects.bulk_create(
        [SavedJob(user_id=_person(actor), posting_id=_public(posting_id), saved_at=clock.now())], ignore_conflicts=True
    )


def unsave_job(actor: Actor, *, posting_id: UUID) -> None:
    """Keep a posting no longer; safe to repeat."""
    SavedJob.objects.filter(user_id=_person(actor), posting_id=posting_id).delete()


def record_view(actor: Actor, *, posting_id: UUID) -> None:
    """Note that the actor looked at a posting; the last time counts. Raises `NotFound` for one that never was public."""
    BrowsingRecord.objects.bulk_create(
        [BrowsingRecord(user_id=_person(actor), posting_id=_public(posting_id), viewed_at=clock.now())],
        update_conflicts=True,
        unique_fields=["user", "posting"],
        update_fields=["viewed_at"],
    )


def forget_view(actor: Actor, *, posting_id: UUID) -> None:
    """Remove one posting from the browsing history; safe to repeat."""
    BrowsingRecord.objects.filter(user_id=_person(actor), posting_id=posting_id).delete()


def forget_all_views(actor: Actor) -> None:
    """Empty the browsing history."""
    BrowsingRecord.objects.filter(user_id=_person(actor)).delete()


def _public(posting_id: UUID) -> UUID:
    if not JobPosting.objects.filter(pk=posting_id).exclude(state__in=NEVER_PUBLIC).exists():
        raise NotFound("没有找到这个职位，它可能已被删除。")
    return posting_id


def _person(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise SignInRequired
    return actor.person_id
