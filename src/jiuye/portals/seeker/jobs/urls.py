from django.urls import path

from jiuye.portals.seeker.jobs import views

urlpatterns = [
    path("jobs", views.search, name="jobs"),
    path("jobs/<uuid:posting_id>", views.detail, name="job"),
]
