"""Reads on applications."""

from jiuye.domains.applications.queries.appointments import InvitationView, NoticeView
from jiuye.domains.applications.queries.employers import (
    EmployerApplication,
    employer_application,
    employer_applications,
    resume_for_employer,
)
from jiuye.domains.applications.queries.figures import (
    PlatformNumbers,
    PostingNumbers,
    numbers_by_posting,
    platform_numbers,
)
from jiuye.domains.applications.queries.inbox import (
    INBOX_GROUPS,
    InboxFilter,
    InboxRow,
    counts_for,
    for_agency,
    inbox,
    latest_invitation,
    resume_for_agency,
)
from jiuye.domains.applications.queries.mine import (
    MINE_GROUPS,
    MyApplicationRow,
    my_application,
    my_applications,
    my_counts,
    sent_resume,
    to_answer,
)
from jiuye.domains.applications.queries.reminding import (
    AgencyDue,
    Appointment,
    StillThere,
    due_by_agency,
    first_days_on,
    interviews_on,
    retention_to_ask,
)
from jiuye.domains.applications.queries.views import (
    ApplicationBrief,
    ApplicationView,
    Recipient,
    brief,
    open_application,
    recipients,
)

__all__ = [
    "INBOX_GROUPS",
    "MINE_GROUPS",
    "AgencyDue",
    "ApplicationBrief",
    "ApplicationView",
    "Appointment",
    "EmployerApplication",
    "InboxFilter",
    "InboxRow",
    "InvitationView",
    "MyApplicationRow",
    "NoticeView",
    "PlatformNumbers",
    "PostingNumbers",
    "Recipient",
    "StillThere",
    "brief",
    "counts_for",
    "due_by_agency",
    "employer_application",
    "employer_applications",
    "first_days_on",
    "for_agency",
    "inbox",
    "interviews_on",
    "latest_invitation",
    "my_application",
    "my_applications",
    "my_counts",
    "numbers_by_posting",
    "open_application",
    "platform_numbers",
    "recipients",
    "resume_for_agency",
    "resume_for_employer",
    "retention_to_ask",
    "sent_resume",
    "to_answer",
]
