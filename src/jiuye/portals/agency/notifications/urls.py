from django.urls import path

from jiuye.portals.agency.notifications import views

urlpatterns = [
    path("agency/notifications", views.inbox, name="agency_notifications"),
    path("agency/notifications/read", views.read_all, name="agency_read_all"),
    path("agency/notifications/<uuid:notification_id>", views.open_one, name="agency_open_notification"),
]
