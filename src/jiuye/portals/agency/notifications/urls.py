"""The notification centre of an agency's member."""

from jiuye.portals.agency.access import EARLY
from jiuye.portals.centre import Centre

urlpatterns = Centre(
    "agency",
    "agency/notifications",
    EARLY.open_when_closed(),
    inbox="portals/agency/notifications/templates/inbox.html",
    wishes="portals/agency/notifications/templates/wishes.html",
).routes()
