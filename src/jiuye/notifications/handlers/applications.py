"""Notifications about the steps of an application."""

from jiuye.domains.applications import queries as applications
from jiuye.domains.applications.events import ApplicationAdvanced
from jiuye.kernel.events import Delivered
from jiuye.notifications.actions import Side
from jiuye.notifications.handlers.delivery import tell
from jiuye.notifications.messages import TO_AGENCY, TO_SEEKER, Facts, in_words
from jiuye.notifications.recipients import staff_of


def tell_of_application(event: ApplicationAdvanced, delivered: Delivered) -> None:
    """Notify the other side of one step of an application."""
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
    # An agency that invites at once also “views”: one text message is enough.
    overtaken = event.verb == "view" and brief.state != event.to_state
    if event.verb in TO_SEEKER and event.party != "seeker":
        _tell_seeker(event, delivered, facts, by_sms=not overtaken)
    if event.verb in TO_AGENCY and event.party != "agency":
        _tell_agency(event, delivered, facts)


def _tell_seeker(event: ApplicationAdvanced, delivered: Delivered, facts: Facts, *, by_sms: bool) -> None:
    tell(
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
    tell(
        TO_AGENCY[event.verb],
        f"agency.{event.verb}",
        facts,
        delivered,
        user_ids=list(staff.everyone),
        by_sms=list(staff.answerable),
        side=Side("agency", event.agency_id),
        # Who withdraws and applies again makes another application.
        about=f"{event.verb}|{event.posting_id}|{event.applicant_id}",
    )
