from django.urls import path

from jiuye.portals.seeker.joining import views

urlpatterns = [
    path("join", views.join, name="join"),
    path("join/agency", views.agency, name="join_agency"),
    path("join/employer", views.employer, name="join_employer"),
]
