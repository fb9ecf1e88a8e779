"""Writes on verification cases."""

from jiuye.domains.verification.actions.employment import request_employment
from jiuye.domains.verification.actions.exchange import ask_again, ask_authority, fetch_answers
from jiuye.domains.verification.actions.real_name import request_real_name
from jiuye.domains.verification.actions.requests import ASKING_TASK, Item, request, reset
from jiuye.domains.verification.actions.results import end_unanswered, record_answer

__all__ = [
    "ASKING_TASK",
    "Item",
    "ask_again",
    "ask_authority",
    "end_unanswered",
    "fetch_answers",
    "record_answer",
    "request",
    "request_employment",
    "request_real_name",
    "reset",
]
