from django.urls import path

from jiuye.portals.seeker.pages import views

urlpatterns = [
    path("privacy", views.privacy, name="privacy"),
    path("help", views.help_page, name="help"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("robots.txt", views.robots, name="robots"),
]
