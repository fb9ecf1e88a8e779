"""The seeker's notification centre."""

from jiuye.kernel.access import SIGNED_IN
from jiuye.portals.centre import Centre

urlpatterns = Centre(
    "my",
    "me/notifications",
    SIGNED_IN,
    inbox="portals/seeker/notifications/templates/inbox.html",
    wishes="portals/seeker/notifications/templates/wishes.html",
).routes()
