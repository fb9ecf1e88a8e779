"""Notifications about affiliations of employers with agencies, and what they write to each other."""

from uuid import UUID

from jiuye.domains.applications import queries as applications
from jiuye.domains.applications.events import OpinionGiven
from jiuye.domains.applications.states import Verdict
from jiuye.domains.jobs.events import WishAnswered, WishMade
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.organisations.events import AffiliationChanged, EmployersMerged
from jiuye.kernel.events import Delivered
from jiuye.notifications.actions import Side
from jiuye.notifications.handlers.delivery import tell
from jiuye.notifications.messages import AFFILIATIONS, Facts
from jiuye.notifications.recipients import staff_of


def tell_of_affiliation(event: AffiliationChanged, delivered: Delivered) -> None:
    """Notify the staff of the other side of one step of an affiliation."""
    to, organisation_id = ("agency", event.agency_id) if event.party == "employer" else ("employer", event.employer_id)
    kind = f"{to}_{event.verb}"
    brief = organisations.affiliation_brief(event.affiliation_id)
    facts = Facts(
        agency=brief.agency_name,
        employer=brief.employer_name,
        reason=brief.reason.rstrip("。"),
        affiliation_id=str(event.affiliation_id),
    )
    staff = staff_of(organisation_id, but=delivered.actor.person_id)
    tell(
        AFFILIATIONS[kind],
        f"affiliation.{kind}",
        facts,
        delivered,
        user_ids=list(staff.everyone),
        by_sms=list(staff.answerable),
        side=Side(to, organisation_id),
        # By the two: a request that was withdrawn and made again is another row.
        about=f"{kind}|{event.employer_id}|{event.agency_id}",
    )


def tell_of_opinion(event: OpinionGiven, delivered: Delivered) -> None:
    """Notify the agency's staff of an employer's opinion on an applicant, without naming the applicant."""
    brief = applications.brief(event.application_id)
    facts = Facts(
        title=brief.title,
        employer=brief.employer_name,
        reason=Verdict(event.verdict).label,
        application_id=str(event.application_id),
    )
    _tell_staff("agency_opinion", "agency", event.agency_id, facts, delivered)


def tell_of_wish(event: WishMade, delivered: Delivered) -> None:
    """Notify the agency's staff of an employer's wish for a change of a posting."""
    employer = organisations.organisation_name("employer", event.employer_id)
    facts = Facts(title=event.title, employer=employer, posting_id=str(event.posting_id))
    _tell_staff("agency_wish", "agency", event.agency_id, facts, delivered)


def tell_of_answered_wish(event: WishAnswered, delivered: Delivered) -> None:
    """Notify the employer's staff of the agency's answer to a wish."""
    agency = organisations.organisation_name("agency", event.agency_id)
    reason = event.answer.rstrip("。")
    facts = Facts(title=event.title, agency=agency, reason=reason, posting_id=str(event.posting_id))
    kind = "employer_wish_done" if event.is_done else "employer_wish_declined"
    _tell_staff(kind, "employer", event.employer_id, facts, delivered)


def tell_of_merge(event: EmployersMerged, delivered: Delivered) -> None:
    """Notify the survivor's staff that another record became one with theirs."""
    _tell_staff("employer_merged", "employer", event.survivor_id, Facts(title=event.merged_name), delivered)


def _tell_staff(kind: str, side: str, organisation_id: UUID, facts: Facts, delivered: Delivered) -> None:
    staff = list(staff_of(organisation_id).everyone)
    at = Side(side, organisation_id)
    tell(AFFILIATIONS[kind], f"affiliation.{kind}", facts, delivered, user_ids=staff, by_sms=[], side=at)
