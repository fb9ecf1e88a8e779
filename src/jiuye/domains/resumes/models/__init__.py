"""What is stored of resumes: the resume and its sections, and who saw it."""

from jiuye.domains.resumes.models.access import ResumeAccess
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

__all__ = [
    "Certificate",
    "Dated",
    "Education",
    "Employment",
    "Intention",
    "Project",
    "Resume",
    "ResumeAccess",
    "Section",
    "Skill",
    "ResumeVersion",
]
