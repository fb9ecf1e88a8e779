from django.urls import include, path

from jiuye.portals.employer.home import views

urlpatterns = [
    path("", include("jiuye.portals.employer.applications.urls")),
    path("employer", views.home, name="employer_home"),
    path("employer/notifications", views.inbox, name="employer_notifications"),
    path("employer/notifications/read", views.read_all, name="employer_read_all"),
    path("employer/notifications/<uuid:notification_id>", views.open_one, name="employer_open_notification"),
]
