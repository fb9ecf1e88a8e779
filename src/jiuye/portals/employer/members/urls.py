"""The members of an employer."""

from jiuye.portals.employer.access import EARLY, EARLY_OWNER
from jiuye.portals.members import Members

urlpatterns = Members(
    "employer", "employer/members", "portals/employer/templates/employer.html", viewer=EARLY, owner=EARLY_OWNER
).routes()
