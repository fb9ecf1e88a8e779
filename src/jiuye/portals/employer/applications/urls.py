from django.urls import path

from jiuye.portals.employer.applications import files, views

_one = "employer/applications/<uuid:application_id>"
urlpatterns = [
    path("employer/applications", views.listing, name="employer_applications"),
    path("employer/applications/export", files.export, name="employer_applications_export"),
    path(_one, views.detail, name="employer_application"),
    path(f"{_one}/resume", views.resume, name="employer_application_resume"),
    path(f"{_one}/resume.pdf", files.resume_file, name="employer_application_pdf"),
    path(f"{_one}/photo.jpg", files.photo, name="employer_application_photo"),
    path(f"{_one}/attachments/<uuid:attachment_id>", files.attachment, name="employer_application_attachment"),
    path(f"{_one}/opinion", views.opinion, name="employer_application_opinion"),
]
