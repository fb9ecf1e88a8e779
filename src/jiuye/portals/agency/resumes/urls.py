from django.urls import path

from jiuye.portals.agency.resumes import views

urlpatterns = [
    path("agency/resumes", views.list_found, name="agency_resumes"),
    path("agency/resumes/<uuid:resume_id>", views.detail, name="agency_resume"),
    path("agency/resumes/<uuid:resume_id>/open", views.open_one, name="agency_resume_open"),
    path("agency/resumes/<uuid:resume_id>/invite", views.invite, name="agency_resume_invite"),
]
