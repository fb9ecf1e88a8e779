from django.urls import path

from jiuye.portals.seeker.notifications import views

urlpatterns = [
    path("me/notifications", views.inbox, name="my_notifications"),
    path("me/notifications/read", views.read_all, name="read_all_notifications"),
    path("me/notifications/<uuid:notification_id>", views.open_one, name="open_notification"),
]
