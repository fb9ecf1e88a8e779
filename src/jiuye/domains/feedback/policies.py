"""Who may see and change feedback, and for how long."""

from datetime import datetime, timedelta
from secrets import choice, compare_digest

from jiuye.domains.accounts.duties import require_duty
from jiuye.domains.feedback.models import Feedback
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor

DESK = frozenset({"support", "owner"})
REOPENS_WITHIN = timedelta(days=7)
ANSWERED_WITHIN = timedelta(days=3)
"""The promised answer time (common practice)."""

MOST_FILES = 3
SHORTEST, LONGEST = 10, 2000
# Without characters that are confused when copied by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_number() -> str:
    """Return a number like YJ20261123-7K3M9Q: the day and six of 31 characters, some 900 million a day."""
    return f"YJ{clock.today():%Y%m%d}-{_random(6)}"


def new_query_code() -> str:
    """Return eight of 31 characters: with the number, 69 bits against guesses, which are also rate limited."""
    return _random(8)


def _random(length: int) -> str:
    return "".join(choice(ALPHABET) for _ in range(length))


def may_answer(actor: Actor) -> None:
    """Raises `NotFound` for people outside the platform and `Denied` for operators with other roles."""
    require_duty(actor, DESK, "只有客服可以查看和答复意见反馈。")


def is_askers(feedback: Feedback, actor: Actor, code: str) -> bool:
    """Return whether the actor is the author: by their account; or by the query code, if it was submitted without one."""
    if feedback.author_id:
        return feedback.author_id == actor.person_id
    return bool(feedback.query_code) and compare_digest(
        feedback.query_code, code.strip().upper().encode("ascii", "ignore").decode()
    )


def may_reopen(feedback: Feedback, moment: datetime) -> bool:
    """Return whether a follow-up reopens it: within seven days of the answer."""
    return feedback.answered_at is not None and moment < feedback.answered_at + REOPENS_WITHIN
