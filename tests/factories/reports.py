"""Reports of postings."""

from uuid import UUID

from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.reports import actions
from tests.factories.accounts import actor, seeker


def reported(
    posting: JobPosting, reason: str = "fees", text: str = "面试时要求先交三百元押金。", contact: str = ""
) -> UUID:
    """Somebody else reports the posting; the report's id."""
    who = actor(seeker())
    return actions.report_posting(who, posting_id=posting.id, reason=reason, text=text, contact=contact)
