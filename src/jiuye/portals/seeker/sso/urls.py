from django.urls import path

from jiuye.portals.seeker.sso import views

app_name = "sso"
urlpatterns = [
    path("sso/essc", views.start, name="start"),
    path("sso/essc/callback", views.callback, name="callback"),
    path("sso/full-site", views.full_site, name="full_site"),
]
