from django.urls import path

from jiuye.portals.agency.applications import bundle, document, notes, several, views

_one = "agency/applications/<uuid:application_id>"
urlpatterns = [
    path("agency/applications", views.inbox, name="agency_inbox"),
    path("agency/applications/reject", several.reject_several, name="agency_reject_several"),
    path("agency/applications/resumes.zip", bundle.resumes, name="agency_application_resumes"),
    path("agency/applications/export", several.export, name="agency_export_applications"),
    path(_one, views.detail, name="agency_application"),
    path(f"{_one}/resume", views.resume, name="agency_application_resume"),
    path(f"{_one}/resume.pdf", document.resume_file, name="agency_application_pdf"),
    path(f"{_one}/photo.jpg", document.photo, name="agency_application_photo"),
    path(f"{_one}/attachments/<uuid:attachment_id>", document.attachment, name="agency_application_attachment"),
    path(f"{_one}/contacts", views.contacts, name="agency_application_contacts"),
    path(f"{_one}/invite", views.invite, name="agency_invite"),
    path(f"{_one}/keep-time", views.keep_time, name="agency_keep_time"),
    path(f"{_one}/interview-result", views.interview_result, name="agency_interview_result"),
    path(f"{_one}/onboarding", views.onboarding, name="agency_onboarding"),
    path(f"{_one}/onboarding-result", views.onboarding_result, name="agency_onboarding_result"),
    path(f"{_one}/notes", notes.add, name="agency_application_notes"),
    path(f"{_one}/notes/<uuid:note_id>/delete", notes.delete, name="agency_application_note_delete"),
    path(f"{_one}/reject", views.reject, name="agency_reject"),
]
