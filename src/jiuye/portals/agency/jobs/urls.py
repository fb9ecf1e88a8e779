from django.urls import path

from jiuye.portals.agency.jobs import editor, job_list, publication, suggestions

_one = "agency/jobs/<uuid:posting_id>"
urlpatterns = [
    path("agency/jobs", job_list.list_own, name="agency_jobs"),
    path("agency/jobs/several", job_list.change_several, name="agency_jobs_several"),
    path("agency/jobs/new", editor.new, name="agency_job_new"),
    path("agency/jobs/occupations", suggestions.occupations, name="agency_occupations"),
    path("agency/jobs/employers", suggestions.employers, name="agency_employers"),
    path(_one, publication.detail, name="agency_job"),
    path("agency/jobs/wishes/<uuid:wish_id>", publication.answer_wish, name="agency_wish_answer"),
    path(f"{_one}/edit", editor.edit, name="agency_job_edit"),
    path(f"{_one}/occupation", publication.choose_occupation, name="agency_job_occupation"),
    path(f"{_one}/copy", editor.copy, name="agency_job_copy"),
    path(f"{_one}/publish", publication.publish, name="agency_job_publish"),
    path(f"{_one}/withdraw", publication.withdraw, name="agency_job_withdraw"),
    path(f"{_one}/fill", publication.fill, name="agency_job_fill"),
    path(f"{_one}/confirm", publication.confirm, name="agency_job_confirm"),
    path(f"{_one}/import-notes", publication.dismiss_import_notes, name="agency_job_import_notes"),
]
