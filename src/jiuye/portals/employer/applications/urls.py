from django.urls import path

from jiuye.portals.employer.applications import views

urlpatterns = [
    path("employer/applications", views.listing, name="employer_applications"),
    path("employer/applications/<uuid:application_id>", views.detail, name="employer_application"),
    path("employer/applications/<uuid:application_id>/resume", views.resume, name="employer_application_resume"),
]
