from django.urls import path

from jiuye.portals.seeker.pages import audits, views

urlpatterns = [
    path("privacy", views.privacy, name="privacy"),
    path("help", views.help_page, name="help"),
    path("help/audit", audits.audits, name="help_audit"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("robots.txt", views.robots, name="robots"),
]
