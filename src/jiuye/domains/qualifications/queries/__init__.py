"""Reads on qualifications."""

from jiuye.domains.qualifications.queries.case_file import (
    CaseFile,
    EvidenceFile,
    ItemFile,
    case_file,
)
from jiuye.domains.qualifications.queries.case_views import (
    CaseView,
    CheckView,
    DecisionView,
    ItemView,
    MaterialView,
    Standing,
    SubmissionView,
    SuggestionView,
    check_view,
    material_view,
)
from jiuye.domains.qualifications.queries.decided import (
    DecidedBrief,
    decided,
)
from jiuye.domains.qualifications.queries.differences import (
    Change,
    changes_between,
)
from jiuye.domains.qualifications.queries.figures import (
    DAYS,
    FEWEST,
    AuditFigures,
    audit_figures,
    shown_count,
)
from jiuye.domains.qualifications.queries.own import (
    decisions_of,
    find_own_case,
    own_case,
    standing_of,
    submissions_of,
)
from jiuye.domains.qualifications.queries.pages import (
    material_page,
    original,
    own_material_page,
)
from jiuye.domains.qualifications.queries.queue import (
    APPLICANT_LABELS,
    STATE_LABELS,
    WHOSE_LABELS,
    QueueCounts,
    QueueFilter,
    QueueRow,
    auditors,
    queue,
    queue_counts,
)
from jiuye.domains.qualifications.queries.waiting import (
    Waiting,
    usual_time,
    waiting,
)

__all__ = [
    "APPLICANT_LABELS",
    "DAYS",
    "FEWEST",
    "STATE_LABELS",
    "WHOSE_LABELS",
    "AuditFigures",
    "CaseFile",
    "CaseView",
    "Change",
    "CheckView",
    "DecidedBrief",
    "DecisionView",
    "EvidenceFile",
    "ItemFile",
    "ItemView",
    "MaterialView",
    "QueueCounts",
    "QueueFilter",
    "QueueRow",
    "Standing",
    "SubmissionView",
    "SuggestionView",
    "Waiting",
    "audit_figures",
    "auditors",
    "case_file",
    "changes_between",
    "check_view",
    "decided",
    "decisions_of",
    "find_own_case",
    "material_page",
    "material_view",
    "original",
    "own_case",
    "own_material_page",
    "queue",
    "queue_counts",
    "shown_count",
    "standing_of",
    "submissions_of",
    "usual_time",
    "waiting",
]
