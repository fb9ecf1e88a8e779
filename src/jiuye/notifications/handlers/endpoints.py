"""Notifications about the endpoints of API clients, to the agency's owners."""

from jiuye.domains.clients.events import EndpointSwitchedOff
from jiuye.kernel.events import Delivered
from jiuye.notifications.actions import Side
from jiuye.notifications.handlers.delivery import tell
from jiuye.notifications.messages import TO_STAFF, Facts
from jiuye.notifications.recipients import staff_of


def tell_of_endpoint(event: EndpointSwitchedOff, delivered: Delivered) -> None:
    """Notify the owners that an endpoint was switched off."""
    owners = list(staff_of(event.agency_id).owners)
    link = f"/agency/webhooks/{event.endpoint_id}"
    facts = Facts(title=event.host, reason=event.reason, link=link)
    side = Side("agency", event.agency_id)
    tell(TO_STAFF["webhook_off"], "webhook.off", facts, delivered, user_ids=owners, by_sms=[], side=side)
