"""Deletion of attachments that nobody may open any more."""

from jiuye.domains.applications.queries.files import still_open
from jiuye.domains.resumes import actions as resumes
from jiuye.domains.resumes import queries as resume_queries


def forget_removed_attachments() -> int:
    """Delete attachments that their owners removed and that no open application carries. Return the number. For the system. Idempotent."""
    destroyed = 0
    after = None
    while removed := resume_queries.removed_attachments(after=after):
        held = still_open(removed)
        destroyed += resumes.destroy_attachments([one for one in removed if one not in held])
        after = removed[-1]
    return destroyed
