"""Event handlers for submitted applications."""

from jiuye.domains.applications.events import ApplicationAdvanced
from jiuye.domains.resumes import actions as resumes
from jiuye.kernel.events import Delivered


def keep_sent_version(event: ApplicationAdvanced, delivered: Delivered) -> None:
    """Keep the resume as a version when it was sent. Done by the worker, to keep submitting fast."""
    if event.verb == "submit":
        resumes.keep_sent(event.applicant_id)
