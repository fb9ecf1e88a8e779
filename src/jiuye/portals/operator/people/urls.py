from django.urls import path

from jiuye.portals.operator.people import views

_one = "ops/people/<uuid:person_id>"
urlpatterns = [
    path("ops/people", views.search, name="ops_people"),
    path(_one, views.person, name="ops_person"),
    path(f"{_one}/phone", views.unmask, name="ops_person_phone"),
    path(f"{_one}/sessions", views.end_sessions, name="ops_person_sessions"),
    path(f"{_one}/second-factor", views.reset_second_factor, name="ops_person_second_factor"),
    path(f"{_one}/erase", views.erase, name="ops_person_erase"),
]
