"""Reads on qualifications."""

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
from jiuye.domains.qualifications.queries.registrations import RegisteredOrganisation, registered_as
from jiuye.domains.qualifications.queries.waiting import Waiting, usual_time, waiting

__all__ = [
    "CaseView",
    "CheckView",
    "DecisionView",
    "ItemView",
    "MaterialView",
    "RegisteredOrganisation",
    "SuggestionView",
    "Waiting",
    "check_view",
    "decisions_of",
    "has_case",
    "material_view",
    "own_case",
    "registered_as",
    "usual_time",
    "waiting",
]
