"""Validation of resumes, access, and completeness."""

from jiuye.domains.resumes.policies.basics import checked_basics, checked_name, checked_self_description
from jiuye.domains.resumes.policies.completeness import PARTS, Part, completeness, missing_parts
from jiuye.domains.resumes.policies.entries import MOST_ENTRIES, checked_entry
from jiuye.domains.resumes.policies.masking import mask_email, mask_number

__all__ = [
    "MOST_ENTRIES",
    "PARTS",
    "Part",
    "checked_basics",
    "checked_entry",
    "checked_name",
    "checked_self_description",
    "completeness",
    "mask_email",
    "mask_number",
    "missing_parts",
]
