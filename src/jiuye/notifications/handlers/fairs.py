"""Notifications about fairs: to people who registered and to staff of participating employers."""

from dataclasses import replace

from jiuye.domains.fairs import queries as fairs
from jiuye.domains.fairs.events import FairCancelled, FairIsTomorrow, FairMoved
from jiuye.kernel.events import Delivered
from jiuye.notifications.actions import Side
from jiuye.notifications.handlers.delivery import tell
from jiuye.notifications.messages import FAIRS, FAIRS_TO_EMPLOYERS, Facts
from jiuye.notifications.recipients import staff_of


def tell_of_fair(event: FairIsTomorrow, delivered: Delivered) -> None:
    """Remind people who registered for a fair that it is tomorrow."""
    facts = Facts(title=event.title, interview_at=event.when, found=event.where, link=f"/fairs/{event.fair_id}/attend")
    to = list(event.person_ids)
    tell(FAIRS["tomorrow"], "fair.tomorrow", facts, delivered, user_ids=to, by_sms=to, side=Side())


def tell_of_moved_fair(event: FairMoved, delivered: Delivered) -> None:
    """Notify everybody concerned of a fair's new time or place; shortly before the day also by text message."""
    facts = Facts(title=event.title, interview_at=event.was, found=event.now)
    _tell_all("moved", event, facts, delivered)


def tell_of_cancelled_fair(event: FairCancelled, delivered: Delivered) -> None:
    """Notify everybody concerned that a fair is cancelled; shortly before the day also by text message."""
    facts = Facts(title=event.title, interview_at=event.when, reason=event.reason.rstrip("。"))
    _tell_all("cancelled", event, facts, delivered)


def _tell_all(kind: str, event: FairMoved | FairCancelled, facts: Facts, delivered: Delivered) -> None:
    of_people = replace(facts, link=f"/fairs/{event.fair_id}/attend")
    for people in fairs.registered_people(event.fair_id):
        by_sms = people if event.is_soon else []
        tell(FAIRS[kind], f"fair.{kind}", of_people, delivered, user_ids=people, by_sms=by_sms, side=Side())
    of_staff = replace(facts, link=f"/fairs/{event.fair_id}")
    for employer_id in fairs.employers_at(event.fair_id):
        staff = list(staff_of(employer_id).everyone)
        side = Side("employer", employer_id)
        template = f"fair_{kind}"
        tell(
            FAIRS_TO_EMPLOYERS[template],
            f"staff.{template}",
            of_staff,
            delivered,
            user_ids=staff,
            by_sms=[],
            side=side,
        )
