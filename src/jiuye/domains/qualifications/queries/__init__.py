"""Reads on qualifications."""

from jiuye.domains.qualifications.queries.case_file import CaseFile, EvidenceFile, ItemFile, case_file
from jiuye.domains.qualifications.queries.differences import Change, changes_between
from jiuye.domains.qualifications.queries.own import (
    CaseView,
    CheckView,
    DecisionView,
    ItemView,
    MaterialView,
    SuggestionView,
    check_view,
    decisions_of,
    has_case,
    material_view,
    own_case,
)
from jiuye.domains.qualifications.queries.pages import material_page, original
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
from jiuye.domains.qualifications.queries.registrations import RegisteredOrganisation, registered_as
from jiuye.domains.qualifications.queries.waiting import Waiting, usual_time, waiting

__all__ = [
    "APPLICANT_LABELS",
    "STATE_LABELS",
    "WHOSE_LABELS",
    "CaseFile",
    "CaseView",
    "Change",
    "CheckView",
    "DecisionView",
    "EvidenceFile",
    "ItemFile",
    "ItemView",
    "MaterialView",
    "QueueCounts",
    "QueueFilter",
    "QueueRow",
    "RegisteredOrganisation",
    "SuggestionView",
    "Waiting",
    "auditors",
    "case_file",
    "changes_between",
    "check_view",
    "decisions_of",
    "has_case",
    "material_page",
    "material_view",
    "original",
    "own_case",
    "queue",
    "queue_counts",
    "registered_as",
    "usual_time",
    "waiting",
]
