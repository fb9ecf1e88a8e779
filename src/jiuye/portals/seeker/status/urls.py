from django.urls import path

from jiuye.portals.seeker.status import views

urlpatterns = [
    path("status", views.page, name="status"),
    path("status.json", views.as_json, name="status_json"),
    path("status.atom", views.feed, name="status_feed"),
]
