"""Writes on resumes. People change only their own resume: nobody acts for somebody else."""

from jiuye.domains.resumes.actions.accesses import record_access
from jiuye.domains.resumes.actions.attachments import (
    add_attachment,
    destroy_attachments,
    remove_attachment,
    rename_attachment,
    restore_attachment,
)
from jiuye.domains.resumes.actions.basics import change_basics, quick_start, save_basics, save_self_description
from jiuye.domains.resumes.actions.blocks import block, block_by_name, unblock, unblock_covering
from jiuye.domains.resumes.actions.checks import request_checks
from jiuye.domains.resumes.actions.discovery import check_approved, open_found_resume
from jiuye.domains.resumes.actions.files import (
    confirm_file,
    confirm_file_block,
    discard_file,
    settle_file_block,
    upload_resume_file,
)
from jiuye.domains.resumes.actions.photos import (
    PHOTOS_TOGETHER,
    forget_removed_photos,
    remove_photo,
    restore_photo,
    save_photo,
)
from jiuye.domains.resumes.actions.prefill import prefill_from_card
from jiuye.domains.resumes.actions.reading import READING_TASK, forget_resume_files, read_resume_file
from jiuye.domains.resumes.actions.restoration import restore_version
from jiuye.domains.resumes.actions.sections import Removed, move_section, remove_section, save_section
from jiuye.domains.resumes.actions.versions import forget_old_versions, keep_sent
from jiuye.domains.resumes.actions.visibility import choose_visibility, pause_visibility, stop_showing
from jiuye.domains.resumes.entries import (
    Basics,
    CertificateEntry,
    EducationEntry,
    EmploymentEntry,
    Entry,
    IntentionEntry,
    ProjectEntry,
    QuickStart,
    SkillEntry,
)

__all__ = [
    "PHOTOS_TOGETHER",
    "READING_TASK",
    "Basics",
    "CertificateEntry",
    "EducationEntry",
    "EmploymentEntry",
    "Entry",
    "IntentionEntry",
    "ProjectEntry",
    "QuickStart",
    "Removed",
    "SkillEntry",
    "add_attachment",
    "block",
    "block_by_name",
    "change_basics",
    "check_approved",
    "choose_visibility",
    "confirm_file",
    "confirm_file_block",
    "destroy_attachments",
    "discard_file",
    "forget_old_versions",
    "forget_removed_photos",
    "forget_resume_files",
    "keep_sent",
    "move_section",
    "open_found_resume",
    "pause_visibility",
    "prefill_from_card",
    "quick_start",
    "read_resume_file",
    "record_access",
    "remove_attachment",
    "remove_photo",
    "remove_section",
    "rename_attachment",
    "request_checks",
    "restore_attachment",
    "restore_photo",
    "restore_version",
    "save_basics",
    "save_photo",
    "save_section",
    "save_self_description",
    "settle_file_block",
    "stop_showing",
    "unblock",
    "unblock_covering",
    "upload_resume_file",
]
