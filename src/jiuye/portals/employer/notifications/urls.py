"""The notification centre of an employer's member."""

from jiuye.portals.centre import Centre
from jiuye.portals.employer.access import EARLY

urlpatterns = Centre(
    "employer",
    "employer/notifications",
    EARLY.open_when_closed(),
    inbox="portals/employer/notifications/templates/inbox.html",
    wishes="portals/employer/notifications/templates/wishes.html",
).routes()
