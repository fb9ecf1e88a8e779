"""An employer's notification centre, each member's own."""

from jiuye.portals.centre import Centre
from jiuye.portals.employer.access import EMPLOYER

urlpatterns = Centre(
    "employer",
    "employer/notifications",
    EMPLOYER,
    inbox="portals/employer/notifications/templates/inbox.html",
    wishes="portals/employer/notifications/templates/wishes.html",
).routes()
