from django.urls import path

from jiuye.portals.seeker.sso import on_this_phone, views, visits

app_name = "sso"
urlpatterns = [
    path("sso/essc", views.start, name="start"),
    path("sso/essc/callback", views.callback, name="callback"),
    path("sso/card", on_this_phone.sign_in, name="card"),
    path("sso/card/link", on_this_phone.link, name="card_link"),
    path("sso/visits/<slug:code>", visits.count, name="visit"),
    path("sso/full-site", views.full_site, name="full_site"),
]
