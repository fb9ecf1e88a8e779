from django.urls import path

from jiuye.portals.seeker.me import views

urlpatterns = [
    path("me", views.home, name="me"),
    path("me/header", views.header, name="me_header"),
]
