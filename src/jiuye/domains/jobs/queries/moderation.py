"""Postings held by screening, for the operators who decide on them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from jiuye.domains.jobs import policies
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.queries.public import PostingDetail, detail_of
from jiuye.domains.jobs.screening import Finding, screen_posting
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate


@dataclass(frozen=True)
class ReviewItem:
    """One posting in the queue, with the words it is held for."""

    id: UUID
    title: str
    agency: str
    employer: str
    words: tuple[str, ...]
    waiting_since: datetime


def _waiting() -> QuerySet[JobPosting]:
    return JobPosting.objects.filter(state="under_review")


def held_back(actor: Actor, *, cursor: str = "", size: int = 30) -> Page[ReviewItem]:
    """Return the queue, longest waiting first. One query."""
    policies.may_review(actor)
    rows = _waiting().select_related("agency", "employer")
    return paginate(rows, ordering=("updated_at", "id"), cursor=cursor, size=size).map(_item)


def _item(posting: JobPosting) -> ReviewItem:
    return ReviewItem(
        id=posting.id,
        title=posting.title,
        agency=posting.agency.legal_name,
        employer=posting.employer.legal_name if posting.employer else "",
        words=tuple(finding.words for finding in screen_posting(posting).findings),
        waiting_since=posting.updated_at,
    )


def for_operators(posting_id: UUID) -> PostingDetail:
    """Return a posting in any state, for operators (the caller has checked access). Two queries. Raises `NotFound`."""
    posting = JobPosting.objects.select_related("agency", "employer").filter(pk=posting_id).first()
    if posting is None:
        raise NotFound("没有找到这个职位。")
    return detail_of(posting)


def review_count() -> int:
    """Return the size of the queue. One query."""
    return _waiting().count()


def to_review(actor: Actor, posting_id: UUID) -> tuple[PostingDetail, tuple[Finding, ...]]:
    """Return a held posting as seekers would see it, and its findings. Two queries. Raises `NotFound`."""
    policies.may_review(actor)
    posting = _waiting().select_related("agency", "employer").filter(pk=posting_id).first()
    if posting is None:
        raise NotFound("这个职位不在审核队列里，可能已由同事处理。")
    return detail_of(posting), screen_posting(posting).findings
