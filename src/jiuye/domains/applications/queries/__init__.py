"""Reads on applications."""

from jiuye.domains.applications.queries.appointments import (
    InvitationView,
    NoticeView,
)
from jiuye.domains.applications.queries.blocked import (
    blocked_among,
)
from jiuye.domains.applications.queries.consents import (
    ConsentFacts,
    Recipient,
    recipients,
)
from jiuye.domains.applications.queries.employers import (
    EMPLOYER_SORTS,
    EmployerApplication,
    EmployerFilter,
    EmployerInterview,
    EmployerList,
    Totals,
    employer_application,
    employer_applications,
    employer_interviews,
    interview_for_employer,
    resume_for_employer,
    totals_through,
)
from jiuye.domains.applications.queries.feed import (
    FeedRow,
    feed_rows,
)
from jiuye.domains.applications.queries.figures import (
    AnswerFigures,
    PlatformNumbers,
    PostingNumbers,
    answer_figures,
    measure_answers,
    numbers_by_posting,
    platform_numbers,
)
from jiuye.domains.applications.queries.hand_on import (
    OBSTACLES,
    HandOn,
)
from jiuye.domains.applications.queries.inbox import (
    INBOX_ORDERS,
    InboxFilter,
    InboxRow,
    all_of_inbox,
    counts_for,
    disclosed_to_agency,
    for_agency,
    inbox,
    latest_invitation,
    resume_for_agency,
)
from jiuye.domains.applications.queries.invitations import (
    OnOffer,
    invitations_to,
    invited_among,
    my_invitations,
    on_offer,
)
from jiuye.domains.applications.queries.mine import (
    MINE_GROUPS,
    MyApplicationRow,
    applied_postings,
    my_application,
    my_applications,
    my_counts,
    sent_resume,
    to_answer,
)
from jiuye.domains.applications.queries.notes import (
    NoteView,
    notes_on,
)
from jiuye.domains.applications.queries.opinions import (
    OpinionView,
)
from jiuye.domains.applications.queries.outcomes import (
    Dispute,
    disputes,
)
from jiuye.domains.applications.queries.overview import (
    LateAgency,
    StateNumber,
    late_agencies,
    numbers_by_state,
)
from jiuye.domains.applications.queries.photos import (
    photo_for_agency,
    photo_for_employer,
)
from jiuye.domains.applications.queries.reminders import (
    AgencyDue,
    Appointment,
    StillThere,
    due_by_agency,
    first_days_on,
    interviews_on,
    retention_to_ask,
)
from jiuye.domains.applications.queries.same_job import (
    applied_elsewhere,
)
from jiuye.domains.applications.queries.views import (
    ApplicationBrief,
    ApplicationView,
    brief,
    open_application,
)

__all__ = [
    "EMPLOYER_SORTS",
    "INBOX_ORDERS",
    "MINE_GROUPS",
    "OBSTACLES",
    "AgencyDue",
    "AnswerFigures",
    "ApplicationBrief",
    "ApplicationView",
    "Appointment",
    "ConsentFacts",
    "Dispute",
    "EmployerApplication",
    "EmployerFilter",
    "EmployerInterview",
    "EmployerList",
    "FeedRow",
    "HandOn",
    "InboxFilter",
    "InboxRow",
    "InvitationView",
    "LateAgency",
    "MyApplicationRow",
    "NoteView",
    "NoticeView",
    "OnOffer",
    "OpinionView",
    "PlatformNumbers",
    "PostingNumbers",
    "Recipient",
    "StateNumber",
    "StillThere",
    "Totals",
    "all_of_inbox",
    "answer_figures",
    "applied_elsewhere",
    "applied_postings",
    "blocked_among",
    "brief",
    "counts_for",
    "disclosed_to_agency",
    "disputes",
    "due_by_agency",
    "employer_application",
    "employer_applications",
    "employer_interviews",
    "feed_rows",
    "first_days_on",
    "for_agency",
    "inbox",
    "interview_for_employer",
    "interviews_on",
    "invitations_to",
    "invited_among",
    "late_agencies",
    "latest_invitation",
    "measure_answers",
    "my_application",
    "my_applications",
    "my_counts",
    "my_invitations",
    "notes_on",
    "numbers_by_posting",
    "numbers_by_state",
    "on_offer",
    "open_application",
    "photo_for_agency",
    "photo_for_employer",
    "platform_numbers",
    "recipients",
    "resume_for_agency",
    "resume_for_employer",
    "retention_to_ask",
    "sent_resume",
    "to_answer",
    "totals_through",
]
