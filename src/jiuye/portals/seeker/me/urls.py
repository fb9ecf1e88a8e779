from django.urls import path

from jiuye.portals.seeker.me import suspension, views

urlpatterns = [
    path("me", views.home, name="me"),
    path("me/header", views.header, name="me_header"),
    path("me/suspended", suspension.suspended, name="account_suspended"),
]
