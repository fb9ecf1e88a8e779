"""Sanctions on an employer, and its appeals."""

from jiuye.portals.employer.access import EARLY
from jiuye.portals.sanctions import Sanctions

urlpatterns = Sanctions(
    "employer", "employer/sanctions", "portals/employer/templates/employer.html", EARLY.open_when_closed()
).routes()
