"""Sanctions on a person, with appeals; and the public list of bans."""

from django.urls import path

from jiuye.kernel.access import SIGNED_IN
from jiuye.portals.sanctions import Sanctions
from jiuye.portals.seeker.sanctions import views

urlpatterns = [
    *Sanctions("my", "me/sanctions", "design/layouts/personal.html", SIGNED_IN.open_when_suspended()).routes(),
    path("help/bans", views.bans, name="bans"),
]
