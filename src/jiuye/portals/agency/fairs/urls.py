from django.urls import path

from jiuye.portals.agency.fairs import views

urlpatterns = [
    path("agency/fairs", views.listing, name="agency_fairs"),
    path("agency/fairs/<uuid:fair_id>/check-in", views.check_in, name="agency_check_in"),
]
