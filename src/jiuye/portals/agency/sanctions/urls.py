"""Sanctions on an agency, and its appeals."""

from jiuye.portals.agency.access import EARLY
from jiuye.portals.sanctions import Sanctions

urlpatterns = Sanctions(
    "agency", "agency/sanctions", "portals/agency/templates/agency.html", EARLY.open_when_closed()
).routes()
