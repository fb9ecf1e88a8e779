"""Writes on sanctions."""

from jiuye.domains.sanctions.actions.appeals import decide_appeal, submit_appeal
from jiuye.domains.sanctions.actions.imposing import Proposal, confirm, decline, end_due, impose, lift
from jiuye.domains.sanctions.actions.people import find_person
from jiuye.domains.sanctions.actions.retention import forget_evidence

__all__ = [
    "Proposal",
    "confirm",
    "decide_appeal",
    "decline",
    "end_due",
    "find_person",
    "forget_evidence",
    "impose",
    "lift",
    "submit_appeal",
]
