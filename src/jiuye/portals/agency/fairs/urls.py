from django.urls import path

from jiuye.portals.agency.fairs import deciding, editing, employers, views

_one = "agency/fairs/<uuid:fair_id>"
_employer = f"{_one}/employers/<uuid:employer_id>"
urlpatterns = [
    path("agency/fairs", views.listing, name="agency_fairs"),
    path("agency/fairs/new", editing.new, name="agency_fair_new"),
    path(_one, editing.detail, name="agency_fair"),
    path(f"{_one}/edit", editing.edit, name="agency_fair_edit"),
    path(f"{_one}/preview", editing.preview, name="agency_fair_preview"),
    path(f"{_one}/copy", deciding.copy, name="agency_fair_copy"),
    path(f"{_one}/publish", deciding.publish, name="agency_fair_publish"),
    path(f"{_one}/cancel", deciding.cancel, name="agency_fair_cancel"),
    path(f"{_one}/delete", deciding.delete, name="agency_fair_delete"),
    path(f"{_one}/employers", employers.add, name="agency_fair_employer_add"),
    path(_employer, employers.place, name="agency_fair_place"),
    path(f"{_employer}/remove", employers.remove, name="agency_fair_employer_remove"),
    path(f"{_one}/check-in", views.check_in, name="agency_check_in"),
]
