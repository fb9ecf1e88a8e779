"""Notifications about decisions on a qualification."""

from jiuye.domains.qualifications import queries as qualifications
from jiuye.domains.qualifications.events import CaseDecided
from jiuye.kernel.events import Delivered
from jiuye.notifications.actions import Side
from jiuye.notifications.handlers.delivery import tell
from jiuye.notifications.messages import AUDITS, Facts
from jiuye.notifications.recipients import staff_of

_KINDS = {"first": "first", "second": "approved", "single": "approved", "return": "return", "reverse": "reverse"}


def tell_of_audit(event: CaseDecided, delivered: Delivered) -> None:
    """Notify the owners of a decision, with the reason for each item. They are not told of a complaint that was dismissed."""
    brief = qualifications.decided(event.case_id, event.step)
    if brief.is_complaint:
        return
    kind = _KINDS[event.step]
    facts = Facts(
        reason=brief.reason.rstrip("。"),
        until=brief.until,
        link=f"/{brief.organisation_kind}/qualification",
    )
    owners = list(staff_of(event.organisation_id).owners)
    side = Side(brief.organisation_kind, event.organisation_id)
    tell(AUDITS[kind], f"audit.{kind}", facts, delivered, user_ids=owners, by_sms=owners, side=side)
