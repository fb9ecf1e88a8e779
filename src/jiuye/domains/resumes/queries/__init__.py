"""Reads on resumes."""

from jiuye.domains.resumes.policies import MOST_ENTRIES
from jiuye.domains.resumes.policies.completeness import Part
from jiuye.domains.resumes.policies.entries import text_limits
from jiuye.domains.resumes.policies.files import LONGEST_NAME as LONGEST_ATTACHMENT_NAME
from jiuye.domains.resumes.policies.files import MOST_ATTACHMENTS
from jiuye.domains.resumes.queries import blocks, findable
from jiuye.domains.resumes.queries.accesses import AccessView, accesses, has_looked, lookers, saw_contacts
from jiuye.domains.resumes.queries.attachments import (
    Attachments,
    File,
    my_attachment,
    my_attachments,
    read_my_attachment,
    read_sent_attachment,
    removed_attachments,
)
from jiuye.domains.resumes.queries.checks import Checkable, Checks, as_of_now, checks
from jiuye.domains.resumes.queries.files import FileView, block_for_edit, found_in_file, resume_file
from jiuye.domains.resumes.queries.photos import MyPhoto, my_photo, photo_key_of, read_photo
from jiuye.domains.resumes.queries.prefill import Offer, prefill_offers
from jiuye.domains.resumes.queries.resume import (
    Overview,
    completeness_hints,
    entry_for_edit,
    head_for_edit,
    is_ready_to_apply,
    my_resume,
    overview,
    self_description_for_edit,
)
from jiuye.domains.resumes.queries.rows import load_view
from jiuye.domains.resumes.queries.snapshots import mask, missing_in, snapshot_content, view_of_snapshot
from jiuye.domains.resumes.queries.versions import VersionView, version, version_content, versions
from jiuye.domains.resumes.queries.views import (
    AttachmentView,
    CertificateView,
    EducationView,
    EmploymentView,
    IntentionView,
    Mark,
    ProjectView,
    ResumeView,
    SkillView,
    Term,
)
from jiuye.domains.resumes.queries.visibility import (
    MOST_BLOCKS,
    MOST_PLACES,
    WHOLE_COUNTRY,
    VisibilityView,
    fault_of_place,
    place_name,
    visibility,
)

__all__ = [
    "LONGEST_ATTACHMENT_NAME",
    "MOST_ATTACHMENTS",
    "MOST_BLOCKS",
    "MOST_ENTRIES",
    "MOST_PLACES",
    "WHOLE_COUNTRY",
    "AccessView",
    "AttachmentView",
    "Attachments",
    "CertificateView",
    "Checkable",
    "Checks",
    "EducationView",
    "EmploymentView",
    "File",
    "FileView",
    "IntentionView",
    "Mark",
    "MyPhoto",
    "Offer",
    "Overview",
    "Part",
    "ProjectView",
    "ResumeView",
    "SkillView",
    "Term",
    "VersionView",
    "VisibilityView",
    "accesses",
    "as_of_now",
    "block_for_edit",
    "blocks",
    "checks",
    "completeness_hints",
    "entry_for_edit",
    "fault_of_place",
    "findable",
    "found_in_file",
    "has_looked",
    "head_for_edit",
    "is_ready_to_apply",
    "load_view",
    "lookers",
    "mask",
    "missing_in",
    "my_attachment",
    "my_attachments",
    "my_photo",
    "my_resume",
    "overview",
    "photo_key_of",
    "place_name",
    "prefill_offers",
    "read_my_attachment",
    "read_photo",
    "read_sent_attachment",
    "removed_attachments",
    "resume_file",
    "saw_contacts",
    "self_description_for_edit",
    "snapshot_content",
    "text_limits",
    "version",
    "version_content",
    "versions",
    "view_of_snapshot",
    "visibility",
]
