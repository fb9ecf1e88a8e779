"""The agency's qualification, and its profile."""

from django.urls import path

from jiuye.portals.agency.access import EARLY, EARLY_OWNER
from jiuye.portals.agency.joining import views
from jiuye.portals.qualification.desk import Desk

urlpatterns = [
    *Desk("agency", "portals/agency/templates/agency.html", EARLY, EARLY_OWNER).routes(),
    path("agency/profile", views.profile, name="agency_profile"),
]
