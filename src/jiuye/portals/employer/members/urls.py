"""The members of an employer."""

from jiuye.portals.employer.access import EMPLOYER, OWNER
from jiuye.portals.members import Members

urlpatterns = Members(
    "employer", "employer/members", "portals/employer/templates/employer.html", viewer=EMPLOYER, owner=OWNER
).routes()
