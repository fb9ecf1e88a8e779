from django.urls import path

from jiuye.portals.seeker.fairs import registration, views

_one = "fairs/<uuid:fair_id>"
urlpatterns = [
    path("fairs", views.list_all, name="fairs"),
    path(_one, views.detail, name="fair"),
    path(f"{_one}/calendar.ics", views.calendar, name="fair_calendar"),
    path(f"{_one}/attend", registration.attend, name="fair_attend"),
    path(f"{_one}/attend/cancel", registration.cancel, name="fair_cancel"),
    path("me/fairs", registration.mine, name="my_fairs"),
]
