from django.urls import path

from jiuye.portals.employer.jobs import views

urlpatterns = [
    path("employer/jobs", views.listing, name="employer_jobs"),
    path("employer/jobs/<uuid:posting_id>", views.detail, name="employer_job"),
    path("employer/jobs/<uuid:posting_id>/wish", views.wish, name="employer_job_wish"),
]
