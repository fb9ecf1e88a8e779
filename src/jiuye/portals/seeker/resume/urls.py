from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from jiuye.domains.resumes.states import SectionKind
from jiuye.portals.seeker.resume import accesses, attachments, autosave, document, files, photo, start, versions, views
from jiuye.portals.seeker.resume.parts import PARTS


class KindConverter(StringConverter):
    """A resume section's name in a URL."""

    regex = "|".join(SectionKind.values)


class StepConverter(StringConverter):
    """A step of the guided start in a URL."""

    regex = "|".join(start.KEYS)


register_converter(KindConverter, "section_kind")


class PartConverter(StringConverter):
    """A part of the resume's page in a URL."""

    regex = "|".join(PARTS)


register_converter(PartConverter, "resume_part")
register_converter(StepConverter, "start_step")

_file = "me/resume/attachments/<uuid:attachment_id>"
_entry = "me/resume/<section_kind:kind>/<uuid:section_id>"
urlpatterns = [
    path("", include("jiuye.portals.seeker.verification.urls")),
    path("me/resume", views.page, name="my_resume"),
    path("me/resume.pdf", document.pdf, name="resume_pdf"),
    path("me/resume/photo.jpg", photo.picture, name="resume_photo"),
    path("me/resume/photo", photo.page, name="resume_photo_page"),
    path("me/resume/photo/remove", photo.remove, name="resume_photo_remove"),
    path("me/resume/photo/restore", photo.restore, name="resume_photo_restore"),
    path("me/resume/attachments", attachments.page, name="resume_attachments"),
    path(_file, attachments.download, name="resume_attachment"),
    path(f"{_file}/rename", attachments.rename, name="resume_attachment_rename"),
    path(f"{_file}/remove", attachments.remove, name="resume_attachment_remove"),
    path(f"{_file}/restore", attachments.restore, name="resume_attachment_restore"),
    path("me/resume/file", files.page, name="resume_file"),
    path("me/resume/file/state", files.state, name="resume_file_state"),
    path("me/resume/file/confirm", files.confirm, name="resume_file_confirm"),
    path("me/resume/file/discard", files.discard, name="resume_file_discard"),
    path("me/resume/file/blocks/<slug:key>", files.block, name="resume_file_block"),
    path("me/resume/start", start.begin, name="resume_start"),
    path("me/resume/start/<start_step:key>", start.step, name="resume_start_step"),
    path("me/resume/start/done", start.done, name="resume_started"),
    path("me/resume/versions", versions.listing, name="resume_versions"),
    path("me/resume/versions/<uuid:version_id>", versions.one, name="resume_version"),
    path("me/resume/versions/<uuid:version_id>/restore", versions.restore, name="resume_version_restore"),
    path("me/resume/preview", views.preview, name="resume_preview"),
    path("me/resume/accesses", accesses.listing, name="resume_accesses"),
    path("me/resume/occupations", views.occupations, name="resume_occupations"),
    path("me/resume/autosave/<resume_part:key>", autosave.save, name="resume_autosave"),
    path("me/resume/undo", views.undo, name="resume_undo"),
    path("me/resume/basics", views.basics, name="resume_basics"),
    path("me/resume/self", views.self_description, name="resume_self"),
    path("me/resume/<section_kind:kind>", views.section, name="resume_section"),
    path("me/resume/<section_kind:kind>/new", views.add, name="resume_add"),
    path(_entry, views.change, name="resume_entry"),
    path(f"{_entry}/move", views.move, name="resume_move"),
    path(f"{_entry}/remove", views.remove, name="resume_remove"),
]
