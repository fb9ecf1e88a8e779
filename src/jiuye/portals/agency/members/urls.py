"""The members of an agency."""

from jiuye.portals.agency.access import OWNER, VIEWER
from jiuye.portals.members import Members

urlpatterns = Members(
    "agency", "agency/members", "portals/agency/templates/agency.html", viewer=VIEWER, owner=OWNER
).routes()
