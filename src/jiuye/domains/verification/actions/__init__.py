"""Writes on checks."""

from jiuye.domains.verification.actions.answering import end_unanswered, record_answer
from jiuye.domains.verification.actions.asking import ASKING_TASK, Item, request, reset
from jiuye.domains.verification.actions.handing_over import ask_again, ask_authority, fetch_answers
from jiuye.domains.verification.actions.naming import request_real_name

__all__ = [
    "ASKING_TASK",
    "Item",
    "ask_again",
    "ask_authority",
    "end_unanswered",
    "fetch_answers",
    "record_answer",
    "request",
    "request_real_name",
    "reset",
]
