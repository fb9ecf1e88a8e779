"""Notifications about affiliations of employers with agencies, and what they write to each other."""

from jiuye.domains.applications import queries as applications
from jiuye.domains.applications.events import OpinionGiven
from jiuye.domains.applications.states import Verdict
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.organisations.events import AffiliationChanged
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
    staff = list(staff_of(event.agency_id).everyone)
    side = Side("agency", event.agency_id)
    kind = "agency_opinion"
    tell(AFFILIATIONS[kind], f"affiliation.{kind}", facts, delivered, user_ids=staff, by_sms=[], side=side)
