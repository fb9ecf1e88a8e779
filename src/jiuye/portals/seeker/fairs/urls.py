from django.urls import path

from jiuye.portals.seeker.fairs import attending, views

_one = "fairs/<uuid:fair_id>"
urlpatterns = [
    path("fairs", views.list_all, name="fairs"),
    path(_one, views.detail, name="fair"),
    path(f"{_one}/calendar.ics", views.calendar, name="fair_calendar"),
    path(f"{_one}/attend", attending.attend, name="fair_attend"),
    path(f"{_one}/attend/cancel", attending.cancel, name="fair_cancel"),
    path("me/fairs", attending.mine, name="my_fairs"),
]
