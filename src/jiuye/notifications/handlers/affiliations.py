"""Notifications about affiliations of employers with agencies."""

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
