"""Event handlers that notify people. Idempotent: every message has a key made from the event."""

from jiuye.notifications.handlers.affiliations import (
    tell_of_affiliation,
    tell_of_answered_wish,
    tell_of_merge,
    tell_of_opinion,
    tell_of_wish,
)
from jiuye.notifications.handlers.applications import tell_of_application
from jiuye.notifications.handlers.audits import tell_of_audit
from jiuye.notifications.handlers.endpoints import tell_of_endpoint
from jiuye.notifications.handlers.fairs import tell_of_cancelled_fair, tell_of_fair, tell_of_moved_fair
from jiuye.notifications.handlers.looks import tell_of_look
from jiuye.notifications.handlers.members import (
    tell_of_decided_request,
    tell_of_invitation,
    tell_of_membership,
    tell_of_new_member,
    tell_of_request,
)
from jiuye.notifications.handlers.operators import tell_of_role_decision, tell_of_role_request
from jiuye.notifications.handlers.postings import tell_of_expiry, tell_of_import, tell_of_reports, tell_of_review
from jiuye.notifications.handlers.qualifications import tell_of_expiring, tell_of_submission
from jiuye.notifications.handlers.sanctions import (
    tell_of_closed_sanction,
    tell_of_decided_appeal,
    tell_of_sanction,
)
from jiuye.notifications.handlers.services import tell_of_answer, tell_of_check, tell_of_many_codes

__all__ = [
    "tell_of_affiliation",
    "tell_of_answer",
    "tell_of_answered_wish",
    "tell_of_application",
    "tell_of_audit",
    "tell_of_cancelled_fair",
    "tell_of_check",
    "tell_of_closed_sanction",
    "tell_of_decided_appeal",
    "tell_of_decided_request",
    "tell_of_endpoint",
    "tell_of_expiring",
    "tell_of_expiry",
    "tell_of_fair",
    "tell_of_import",
    "tell_of_invitation",
    "tell_of_look",
    "tell_of_many_codes",
    "tell_of_membership",
    "tell_of_merge",
    "tell_of_moved_fair",
    "tell_of_new_member",
    "tell_of_opinion",
    "tell_of_reports",
    "tell_of_request",
    "tell_of_review",
    "tell_of_role_decision",
    "tell_of_role_request",
    "tell_of_sanction",
    "tell_of_submission",
    "tell_of_wish",
]
