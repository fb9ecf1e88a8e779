"""Reminders by the seeker for an agency that does not answer."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.applications import policies
from jiuye.domains.applications.actions.transitions import lock, remark
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.clock import local
from jiuye.kernel.errors import Refused


@transaction.atomic
def nudge(actor: Actor, *, application_id: UUID) -> None:
    """Remind the agency: once per application, after 7 days without a step and past its deadline. Raises `Refused`."""
    application, party = lock(actor, application_id)
    remark(actor, application, party, "nudge")
    if application.nudged_at:
        raise Refused("您已经提醒过职介，每次投递可以提醒一次。", code="nudged")
    moment = clock.now()
    opens = policies.nudge_opens_at(application)
    if opens is None or opens > moment:
        day = f"{local(opens):%-m月%-d日}后" if opens else "轮到职介处理时"
        raise Refused(f"还没到可以提醒的时间，{day}仍无进展时再提醒。", code="too_early")
    application.nudged_at = moment
    application.save(update_fields=["nudged_at"])
