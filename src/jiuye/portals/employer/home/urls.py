from django.urls import include, path

from jiuye.portals.employer.home import views

urlpatterns = [
    path("", include("jiuye.portals.employer.agencies.urls")),
    path("", include("jiuye.portals.employer.applications.urls")),
    path("", include("jiuye.portals.employer.members.urls")),
    path("", include("jiuye.portals.employer.jobs.urls")),
    path("", include("jiuye.portals.employer.fairs.urls")),
    path("", include("jiuye.portals.employer.notifications.urls")),
    path("employer", views.home, name="employer_home"),
]
