"""Notifications about postings: imported, expired, reviewed, reported."""

from jiuye.domains.jobs import queries as jobs
from jiuye.domains.jobs.events import ImportFinished, PostingReviewed, PostingsExpired
from jiuye.domains.jobs.queries import imports
from jiuye.domains.reports.events import ReportsDecided
from jiuye.kernel.actor import Actor
from jiuye.kernel.events import Delivered
from jiuye.notifications.actions import notify
from jiuye.notifications.handlers.delivery import tell_staff
from jiuye.notifications.messages import REPORTED, Facts, fill
from jiuye.notifications.recipients import staff_of


def tell_of_import(event: ImportFinished, delivered: Delivered) -> None:
    """Notify the person who uploaded the sheet of the result of its import."""
    batch = imports.outcome(event.batch_id)
    kind = "import_done" if batch.state == "done" else "import_failed"
    facts = Facts(batch_id=str(batch.id), count=str(batch.imported), rejected=str(batch.rejected), reason=batch.failure)
    tell_staff(kind, facts, delivered, [event.created_by_id], event.agency_id)


def tell_of_expiry(event: PostingsExpired, delivered: Delivered) -> None:
    """Notify members who may publish that postings have expired."""
    facts = Facts(title=jobs.title_of(event.posting_ids[0]), count=str(len(event.posting_ids)))
    staff = staff_of(event.agency_id)
    tell_staff("postings_expired", facts, delivered, list(staff.answerable), event.agency_id)


def tell_of_review(event: PostingReviewed, delivered: Delivered) -> None:
    """Notify members who may publish of an operator's decision on a posting held for review."""
    facts = Facts(title=event.title, reason=event.reason, posting_id=str(event.posting_id))
    kind = "posting_approved" if event.is_approved else "posting_rejected"
    tell_staff(kind, facts, delivered, list(staff_of(event.agency_id).answerable), event.agency_id)


def tell_of_reports(event: ReportsDecided, delivered: Delivered) -> None:
    """Notify people who reported a posting of the decision; if it was upheld, also its agency, without naming them."""
    facts = Facts(title=event.title, reason=event.answer.rstrip("。"), posting_id=str(event.posting_id))
    text = REPORTED[event.is_upheld]
    notify(
        Actor.system(),
        user_ids=event.reporter_ids,
        kind="report.decided",
        title=text.title,
        body=fill(text.body, facts, 300),
        link=text.link,
        dedupe_key=f"{delivered.id}:report",
        at=delivered.occurred_at,
    )
    if event.is_upheld:
        kind = "posting_banned" if event.is_banned else "posting_faulted"
        tell_staff(kind, facts, delivered, list(staff_of(event.agency_id).answerable), event.agency_id)
