from django.urls import path

from jiuye.portals.employer.agencies import finding, views

_one = "employer/agencies/<uuid:affiliation_id>"
urlpatterns = [
    path("employer/agencies", views.listing, name="employer_agencies"),
    path("employer/agencies/find", finding.find, name="employer_agencies_find"),
    path("employer/agencies/find/<uuid:agency_id>", finding.ask, name="employer_agency_ask"),
    path(_one, views.detail, name="employer_agency"),
    path(f"{_one}/withdraw", views.withdraw, name="employer_agency_withdraw"),
    path(f"{_one}/end", views.end, name="employer_agency_end"),
]
