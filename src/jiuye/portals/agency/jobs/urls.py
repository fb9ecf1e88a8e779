from django.urls import path

from jiuye.portals.agency.jobs import editing, listing, publishing, suggesting

_one = "agency/jobs/<uuid:posting_id>"
urlpatterns = [
    path("agency/jobs", listing.list_own, name="agency_jobs"),
    path("agency/jobs/several", listing.change_several, name="agency_jobs_several"),
    path("agency/jobs/new", editing.new, name="agency_job_new"),
    path("agency/jobs/occupations", suggesting.occupations, name="agency_occupations"),
    path("agency/jobs/employers", suggesting.employers, name="agency_employers"),
    path(_one, publishing.detail, name="agency_job"),
    path(f"{_one}/edit", editing.edit, name="agency_job_edit"),
    path(f"{_one}/copy", editing.copy, name="agency_job_copy"),
    path(f"{_one}/publish", publishing.publish, name="agency_job_publish"),
    path(f"{_one}/withdraw", publishing.withdraw, name="agency_job_withdraw"),
    path(f"{_one}/confirm", publishing.confirm, name="agency_job_confirm"),
]
