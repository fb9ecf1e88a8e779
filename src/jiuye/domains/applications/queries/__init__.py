"""Reads on applications."""

from jiuye.domains.applications.queries.inbox import (
    INBOX_GROUPS,
    InboxFilter,
    InboxRow,
    counts_for,
    for_agency,
    inbox,
    resume_for_agency,
)
from jiuye.domains.applications.queries.mine import (
    MINE_GROUPS,
    MyApplicationRow,
    my_application,
    my_applications,
    my_counts,
    to_answer,
)
from jiuye.domains.applications.queries.views import ApplicationBrief, ApplicationView, brief, open_application

__all__ = [
    "INBOX_GROUPS",
    "MINE_GROUPS",
    "ApplicationBrief",
    "ApplicationView",
    "InboxFilter",
    "InboxRow",
    "MyApplicationRow",
    "brief",
    "counts_for",
    "for_agency",
    "inbox",
    "my_application",
    "my_applications",
    "my_counts",
    "open_application",
    "resume_for_agency",
    "to_answer",
]
