from django.urls import path

from jiuye.portals.agency.api import credentials, usage, views

_one = "agency/api/<uuid:client_id>"
urlpatterns = [
    path("agency/api", views.listing, name="agency_api"),
    path("agency/api/new", views.create, name="agency_api_new"),
    path(_one, views.detail, name="agency_api_client"),
    path(f"{_one}/edit", views.edit, name="agency_api_edit"),
    path(f"{_one}/revoke", views.revoke, name="agency_api_revoke"),
    path(f"{_one}/usage", usage.usage, name="agency_api_usage"),
    path(f"{_one}/credentials/<slug:kind>", credentials.issue, name="agency_api_issue"),
    path(f"{_one}/credentials/<uuid:credential_id>/revoke", credentials.revoke, name="agency_api_revoke_credential"),
]
