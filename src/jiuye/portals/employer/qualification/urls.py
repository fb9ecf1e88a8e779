"""The employer's three certifications."""

from jiuye.portals.employer.access import EARLY, EARLY_OWNER
from jiuye.portals.qualification.desk import Desk

urlpatterns = Desk("employer", "portals/employer/templates/employer.html", EARLY, EARLY_OWNER).routes()
