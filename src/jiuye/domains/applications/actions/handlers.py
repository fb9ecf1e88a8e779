"""What follows from a resume having been sent."""

from jiuye.domains.applications.events import ApplicationAdvanced
from jiuye.domains.resumes import actions as resumes
from jiuye.kernel.events import Delivered


def keep_sent_version(event: ApplicationAdvanced, delivered: Delivered) -> None:
    """Keep the resume as a version when it was sent, for its owner to go back to. Aside from the submission, which is quick."""
    if event.verb == "submit":
        resumes.keep_sent(event.applicant_id)
