"""The resume and its sections, attachments, versions, visibility and access log."""

from jiuye.domains.resumes.models.access import ResumeAccess
from jiuye.domains.resumes.models.attachment import Attachment
from jiuye.domains.resumes.models.file import ResumeFile
from jiuye.domains.resumes.models.resume import (
    Certificate,
    Dated,
    Education,
    Employment,
    Intention,
    Project,
    Resume,
    Section,
    Skill,
)
from jiuye.domains.resumes.models.versions import ResumeVersion
from jiuye.domains.resumes.models.visibility import OrganisationBlock, Visibility

__all__ = [
    "Attachment",
    "Certificate",
    "Dated",
    "Education",
    "Employment",
    "Intention",
    "OrganisationBlock",
    "Project",
    "Resume",
    "ResumeAccess",
    "ResumeFile",
    "ResumeVersion",
    "Section",
    "Skill",
    "Visibility",
]
