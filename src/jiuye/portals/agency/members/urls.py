"""The members of an agency."""

from jiuye.portals.agency.access import EARLY, EARLY_OWNER
from jiuye.portals.members import Members

urlpatterns = Members(
    "agency", "agency/members", "portals/agency/templates/agency.html", viewer=EARLY, owner=EARLY_OWNER
).routes()
