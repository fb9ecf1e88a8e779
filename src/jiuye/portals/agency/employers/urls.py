from django.urls import path

from jiuye.portals.agency.employers import views

_one = "agency/employers/<uuid:affiliation_id>"
urlpatterns = [
    path("agency/employers", views.listing, name="agency_affiliations"),
    path(_one, views.detail, name="agency_affiliation"),
    path(f"{_one}/approve", views.approve, name="agency_affiliation_approve"),
    path(f"{_one}/refuse", views.refuse, name="agency_affiliation_refuse"),
    path(f"{_one}/end", views.end, name="agency_affiliation_end"),
]
