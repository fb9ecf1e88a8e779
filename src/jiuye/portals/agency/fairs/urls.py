from django.urls import path

from jiuye.portals.agency.fairs import editor, employers, publication, views

_one = "agency/fairs/<uuid:fair_id>"
_employer = f"{_one}/employers/<uuid:employer_id>"
urlpatterns = [
    path("agency/fairs", views.listing, name="agency_fairs"),
    path("agency/fairs/new", editor.new, name="agency_fair_new"),
    path(_one, editor.detail, name="agency_fair"),
    path(f"{_one}/edit", editor.edit, name="agency_fair_edit"),
    path(f"{_one}/preview", editor.preview, name="agency_fair_preview"),
    path(f"{_one}/copy", publication.copy, name="agency_fair_copy"),
    path(f"{_one}/publish", publication.publish, name="agency_fair_publish"),
    path(f"{_one}/cancel", publication.cancel, name="agency_fair_cancel"),
    path(f"{_one}/delete", publication.delete, name="agency_fair_delete"),
    path(f"{_one}/employers", employers.add, name="agency_fair_employer_add"),
    path(_employer, employers.place, name="agency_fair_place"),
    path(f"{_employer}/remove", employers.remove, name="agency_fair_employer_remove"),
    path(f"{_one}/check-in", views.check_in, name="agency_check_in"),
]
