"""Reads on reports: one's own, and the operators' queue by posting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from jiuye.domains.accounts.duties import require_report_decider
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.reports.models import Report
from jiuye.domains.reports.policies import ANSWER_LIMIT, CONTACT_LIMIT, TEXT_LIMIT
from jiuye.domains.reports.states import REPORT_LABELS, Reason
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, SignInRequired
from jiuye.kernel.paging import Page, paginate

__all__ = [
    "ANSWER_LIMIT",
    "CONTACT_LIMIT",
    "TEXT_LIMIT",
    "Dossier",
    "MyReport",
    "ReportedPosting",
    "Statement",
    "dossier",
    "mine",
    "open_report",
    "waiting",
    "waiting_count",
]

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class MyReport:
    """The result of a person's own report."""

    id: UUID
    posting_id: UUID
    title: str
    reason_label: str
    text: str
    state: str
    state_label: str
    answer: str
    created_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReportedPosting:
    """A posting in the queue with its open reports."""

    posting_id: UUID
    title: str
    agency: str
    reasons: Sequence[str]
    number: int
    waiting_since: datetime


@dataclass(frozen=True, slots=True)
class Statement:
    """One report for operators; the reporter is not named."""

    id: UUID
    reason_label: str
    text: str
    contact: str
    state: str
    state_label: str
    answer: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Dossier:
    """A reported posting: its public content, and all reports, latest first."""

    posting: jobs.PostingDetail
    statements: Sequence[Statement]

    @property
    def open(self) -> Sequence[Statement]:
        """Return the open reports."""
        return [one for one in self.statements if one.state == "open"]

    @property
    def decided(self) -> Sequence[Statement]:
        """Return the decided reports."""
        return [one for one in self.statements if one.state != "open"]


def mine(actor: Actor, *, cursor: str = "", size: int = 20) -> Page[MyReport]:
    """Return the actor's reports, latest first. One query."""
    if actor.person_id is None:
        raise SignInRequired
    rows = Report.objects.filter(reporter_id=actor.person_id).select_related("posting")
    return paginate(rows, ordering=("-created_at", "-id"), cursor=cursor, size=size).map(_mine)


def _mine(row: Report) -> MyReport:
    return MyReport(
        id=row.id,
        posting_id=row.posting_id,
        title=row.posting.title,
        reason_label=Reason(row.reason).label,
        text=row.text,
        state=row.state,
        state_label=REPORT_LABELS[row.state],
        answer=row.answer,
        created_at=row.created_at,
        decided_at=row.decided_at,
    )


def open_report(actor: Actor, posting_id: UUID) -> MyReport | None:
    """Return the actor's open report of this posting. One query."""
    rows = Report.objects.filter(reporter_id=actor.person_id, posting_id=posting_id, state="open")
    row = rows.select_related("posting").first()
    return _mine(row) if row else None


def waiting_count() -> int:
    """Return the number of postings with open reports. One query."""
    return Report.objects.filter(state="open").values("posting_id").order_by().distinct().count()


def waiting(actor: Actor, *, cursor: str = "", size: int = 30) -> Page[ReportedPosting]:
    """Return the postings with open reports, longest waiting first. Two queries."""
    require_report_decider(actor)
    earlier = Report.objects.filter(state="open", posting_id=OuterRef("posting_id"), id__lt=OuterRef("id"))
    firsts = Report.objects.filter(~Exists(earlier), state="open").select_related("posting__agency")
    page = paginate(firsts, ordering=("created_at", "id"), cursor=cursor, size=size)
    reasons: dict[UUID, list[str]] = {}
    of_page = Report.objects.filter(state="open", posting_id__in=[row.posting_id for row in page.items])
    for posting_id, reason in of_page.order_by("id").values_list("posting_id", "reason"):
        reasons.setdefault(posting_id, []).append(Reason(reason).label.partition("（")[0])
    return page.map(
        lambda row: ReportedPosting(
            posting_id=row.posting_id,
            title=row.posting.title,
            agency=row.posting.agency.legal_name,
            reasons=list(dict.fromkeys(reasons[row.posting_id])),
            number=len(reasons[row.posting_id]),
            waiting_since=row.created_at,
        )
    )


def dossier(actor: Actor, posting_id: UUID) -> Dossier:
    """Return a posting with its reports, at most the latest hundred. Three queries. Raises `NotFound` without reports."""
    require_report_decider(actor)
    rows = list(Report.objects.filter(posting_id=posting_id).order_by("-created_at", "-id")[:MOST_SHOWN])
    if not rows:
        raise NotFound("这个职位没有举报。")
    statements = [
        Statement(
            id=row.id,
            reason_label=Reason(row.reason).label,
            text=row.text,
            contact=row.contact,
            state=row.state,
            state_label=REPORT_LABELS[row.state],
            answer=row.answer,
            created_at=row.created_at,
        )
        for row in rows
    ]
    return Dossier(jobs.for_operators(posting_id), statements)
