"""The subjects of reports: postings and shop reviews. What differs between them; the rest is shared."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from jiuye.domains.reports import actions as reports
from jiuye.domains.reports import queries as posting_reports
from jiuye.domains.reviews import actions as reviews
from jiuye.domains.reviews import queries as review_reports
from jiuye.kernel.actor import Actor
from jiuye.kernel.paging import Page

TEMPLATES = "portals/operator/reports/templates"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row of the queue: a subject with open reports. `said`: the given reasons."""

    id: UUID
    title: str
    agency: str
    said: Sequence[str]
    number: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of subject. `verdicts` are the choices of a decision, `answer_hint` says who reads the text."""

    key: str
    label: str
    page: str
    decision: str
    template: str
    answer_hint: str
    verdicts: Sequence[tuple[str, str]]
    number_waiting: Callable[[], int]
    waiting: Callable[[Actor, str], Page[Waiting]]
    dossier: Callable[[Actor, UUID], Any]
    decide: Callable[[Actor, UUID, UUID, str, str], int]


def _postings(actor: Actor, cursor: str) -> Page[Waiting]:
    page = posting_reports.waiting(actor, cursor=cursor)
    return page.map(
        lambda one: Waiting(one.posting_id, one.title, one.agency, one.reasons, one.number, one.waiting_since)
    )


def _decide_on_posting(actor: Actor, posting_id: UUID, through: UUID, verdict: str, answer: str) -> int:
    return reports.decide(
        actor,
        posting_id=posting_id,
        through=through,
        uphold=verdict != "dismissed",
        answer=answer,
        ban=verdict == "banned",
    )


def _reviews(actor: Actor, cursor: str) -> Page[Waiting]:
    page = review_reports.waiting(actor, cursor=cursor)
    return page.map(
        lambda one: Waiting(
            one.review_id, one.text[:40] or "只有星级的评价", one.agency, one.reasons, one.number, one.waiting_since
        )
    )


def _decide_on_review(actor: Actor, review_id: UUID, through: UUID, verdict: str, answer: str) -> int:
    return reviews.decide_on_review(actor, review_id=review_id, through=through, hide=verdict == "hide", answer=answer)


POSTING = Subject(
    key="postings",
    label="职位",
    page="ops_report",
    decision="ops_report_decide",
    template=f"{TEMPLATES}/posting.html",
    answer_hint="举报人会看到；属实的，机构也会看到。不要写举报人的信息。",
    verdicts=[("upheld", "举报属实"), ("banned", "举报属实，立即封禁这个职位"), ("dismissed", "举报不属实")],
    number_waiting=posting_reports.waiting_count,
    waiting=_postings,
    dossier=posting_reports.dossier,
    decide=_decide_on_posting,
)
REVIEW = Subject(
    key="reviews",
    label="评价",
    page="ops_review",
    decision="ops_review_decide",
    template=f"{TEMPLATES}/review.html",
    answer_hint="举报人会看到；隐藏的，作者也会看到。",
    verdicts=[("hide", "举报属实，隐藏这条评价"), ("keep", "举报不属实，继续显示")],
    number_waiting=review_reports.reported_count,
    waiting=_reviews,
    dossier=review_reports.dossier,
    decide=_decide_on_review,
)
SUBJECTS = (POSTING, REVIEW)
