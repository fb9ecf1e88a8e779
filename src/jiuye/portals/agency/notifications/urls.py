"""The notification centre of an agency's member."""

from jiuye.portals.agency.access import VIEWER
from jiuye.portals.centre import Centre

urlpatterns = Centre(
    "agency",
    "agency/notifications",
    VIEWER,
    inbox="portals/agency/notifications/templates/inbox.html",
    wishes="portals/agency/notifications/templates/wishes.html",
).routes()
