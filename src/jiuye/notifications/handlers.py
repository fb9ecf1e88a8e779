"""What follows from events: who is told what. Safe to run again: every message has a key made of the event."""

from uuid import UUID

from jiuye.domains.applications import queries as applications
from jiuye.domains.applications.events import ApplicationAdvanced
from jiuye.domains.fairs.events import FairIsTomorrow
from jiuye.domains.feedback.events import FeedbackAnswered
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.jobs.events import ImportFinished, PostingReviewed, PostingsExpired
from jiuye.domains.jobs.queries import importing
from jiuye.domains.reports.events import ReportsDecided
from jiuye.domains.verification import queries as verification
from jiuye.domains.verification.events import VerificationAnswered
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.events import Delivered
from jiuye.notifications.actions import Side, Sms, notify
from jiuye.notifications.messages import (
    ANSWERED,
    CHECKED,
    FAIR_TOMORROW,
    REPORTED,
    TO_AGENCY,
    TO_SEEKER,
    TO_STAFF,
    Facts,
    Text,
    daily_key,
    fill,
    in_words,
    parameters,
)
from jiuye.notifications.recipients import staff_of


def tell_of_application(event: ApplicationAdvanced, delivered: Delivered) -> None:
    """Tell the other side of one step of an application."""
    brief = applications.brief(event.application_id)
    facts = Facts(
        title=brief.title,
        agency=brief.agency_name,
        employer=brief.employer_name,
        interview_at=in_words(brief.interview_at),
        report_at=in_words(brief.report_at),
        application_id=str(brief.id),
        posting_id=str(event.posting_id),
    )
    # An agency that invites at once also “views”: one text message about it is enough.
    overtaken = event.verb == "view" and brief.state != event.to_state
    if event.verb in TO_SEEKER and event.party != "seeker":
        _tell_seeker(event, delivered, facts, by_sms=not overtaken)
    if event.verb in TO_AGENCY and event.party != "agency":
        _tell_agency(event, delivered, facts)


def tell_of_import(event: ImportFinished, delivered: Delivered) -> None:
    """Tell whoever brought the sheet how its import ended."""
    batch = importing.outcome(event.batch_id)
    kind = "import_done" if batch.state == "done" else "import_failed"
    facts = Facts(batch_id=str(batch.id), count=str(batch.imported), rejected=str(batch.rejected), reason=batch.failure)
    _tell_staff(kind, facts, delivered, [event.created_by_id], event.agency_id)


def tell_of_expiry(event: PostingsExpired, delivered: Delivered) -> None:
    """Tell those who may publish that postings have run out."""
    facts = Facts(title=jobs.title_of(event.posting_ids[0]), count=str(len(event.posting_ids)))
    staff = staff_of(event.agency_id)
    _tell_staff("postings_expired", facts, delivered, list(staff.answerable), event.agency_id)


def tell_of_review(event: PostingReviewed, delivered: Delivered) -> None:
    """Tell those who may publish what an operator decided on a posting that was held back."""
    facts = Facts(title=event.title, reason=event.reason, posting_id=str(event.posting_id))
    kind = "posting_approved" if event.is_approved else "posting_rejected"
    _tell_staff(kind, facts, delivered, list(staff_of(event.agency_id).answerable), event.agency_id)


def tell_of_check(event: VerificationAnswered, delivered: Delivered) -> None:
    """Tell who asked for checks how they ended: once, after the last of those asked for together."""
    outcome = verification.outcome_of_request(event.case_id)
    if outcome is None or not outcome.is_over or not outcome.counts:
        return
    found = f"{'、'.join(outcome.kinds)}：" + "，".join(
        f"{label} {count} 项" for label, count in outcome.counts.items()
    )
    facts = Facts(found=found, link="/me/real-name" if outcome.kinds == ("身份",) else "/me/resume")
    notify(
        Actor.system(),
        user_ids=[event.user_id],
        kind="verification.answered",
        title=CHECKED.title,
        body=fill(CHECKED.body, facts, 300),
        link=fill(CHECKED.link, facts, 200),
        # The handlers of two answers that came together may both find that all is over.
        dedupe_key=f"verification:{outcome.consent_id}",
        at=delivered.occurred_at,
    )


def tell_of_reports(event: ReportsDecided, delivered: Delivered) -> None:
    """Tell those who reported a posting what was found; and its agency when they were right, without saying who they are."""
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
        _tell_staff(kind, facts, delivered, list(staff_of(event.agency_id).answerable), event.agency_id)


def tell_of_fair(event: FairIsTomorrow, delivered: Delivered) -> None:
    """Remind those who registered for a fair of tomorrow."""
    facts = Facts(title=event.title, interview_at=event.when, found=event.where, link=f"/fairs/{event.fair_id}/attend")
    to = list(event.person_ids)
    _tell(FAIR_TOMORROW, "fair.tomorrow", facts, delivered, user_ids=to, by_sms=to, side=Side())


def tell_of_answer(event: FeedbackAnswered, delivered: Delivered) -> None:
    """Tell who gave feedback that it was answered; whoever has no account looks it up by its number."""
    if event.author_id is None:
        return
    facts = Facts(title=event.number, link=f"/me/feedback/{event.number}")
    to = [event.author_id]
    _tell(ANSWERED, "feedback.answered", facts, delivered, user_ids=to, by_sms=to, side=Side())


def _tell_staff(kind: str, facts: Facts, delivered: Delivered, user_ids: list[UUID], agency_id: UUID) -> None:
    side = Side("agency", agency_id)
    _tell(TO_STAFF[kind], f"staff.{kind}", facts, delivered, user_ids=user_ids, by_sms=[], side=side)


def _tell_seeker(event: ApplicationAdvanced, delivered: Delivered, facts: Facts, *, by_sms: bool) -> None:
    _tell(
        TO_SEEKER[event.verb],
        f"seeker.{event.verb}",
        facts,
        delivered,
        user_ids=[event.applicant_id],
        by_sms=[event.applicant_id] if by_sms else [],
        side=Side(),
    )


def _tell_agency(event: ApplicationAdvanced, delivered: Delivered, facts: Facts) -> None:
    staff = staff_of(event.agency_id, but=delivered.actor.person_id)
    _tell(
        TO_AGENCY[event.verb],
        f"agency.{event.verb}",
        facts,
        delivered,
        user_ids=list(staff.everyone),
        by_sms=list(staff.answerable),
        side=Side("agency", event.agency_id),
    )


def _tell(
    text: Text,
    template: str,
    facts: Facts,
    delivered: Delivered,
    *,
    user_ids: list[UUID],
    by_sms: list[UUID],
    side: Side,
) -> None:
    sms = None
    if text.sms and by_sms:
        sms = Sms(template, parameters(text, facts), _sms_key(text, template, facts, delivered, side), by_sms)
    notify(
        Actor.system(),
        user_ids=user_ids,
        kind=template,
        title=fill(text.title, facts, 120),
        body=fill(text.body, facts, 300),
        link=fill(text.link, facts, 200),
        dedupe_key=f"{delivered.id}:{template}",
        side=side,
        sms=sms,
        at=delivered.occurred_at,
    )


def _sms_key(text: Text, template: str, facts: Facts, delivered: Delivered, side: Side) -> str:
    """One per event; or, where a pause is due, one per posting and pause, or per organisation and day."""
    if text.sms_daily:
        return daily_key(side.organisation_id, clock.local(delivered.occurred_at).date())
    if not text.sms_pause:
        return f"{delivered.id}"
    window = int(delivered.occurred_at.timestamp()) // (text.sms_pause * 60)
    return f"{template}:{facts.posting_id}:{window}"
