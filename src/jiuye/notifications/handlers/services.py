"""Notifications about what people asked of the platform: checks, feedback."""

from jiuye.domains.accounts.events import ManyCodesRequested
from jiuye.domains.feedback.events import FeedbackAnswered
from jiuye.domains.verification import queries as verification
from jiuye.domains.verification.events import VerificationAnswered
from jiuye.kernel.actor import Actor
from jiuye.kernel.events import Delivered
from jiuye.notifications.actions import Side, notify
from jiuye.notifications.handlers.delivery import tell
from jiuye.notifications.messages import ANSWERED, CHECKED, CHECKED_EMPLOYMENT, MANY_CODES, Facts, fill

# Where the results of checks are shown that are none of a resume.
_CHECKED_AT: dict[tuple[str, ...], str] = {("身份",): "/me/real-name", ("在职",): "/employer"}


def tell_of_check(event: VerificationAnswered, delivered: Delivered) -> None:
    """Notify the person of the results of their checks, once, after the last of those requested together."""
    outcome = verification.outcome_of_request(event.case_id)
    if outcome is None or not outcome.is_over or not outcome.counts:
        return
    found = f"{'、'.join(outcome.kinds)}：" + "，".join(
        f"{label} {count} 项" for label, count in outcome.counts.items()
    )
    facts = Facts(found=found, link=_CHECKED_AT.get(outcome.kinds, "/me/resume"))
    text = CHECKED_EMPLOYMENT if outcome.kinds == ("在职",) else CHECKED
    notify(
        Actor.system(),
        user_ids=[event.user_id],
        kind="verification.answered",
        title=text.title,
        body=fill(text.body, facts, 300),
        link=fill(text.link, facts, 200),
        # The handlers of two answers that came together may both find that all are answered.
        dedupe_key=f"verification:{outcome.consent_id}",
        at=delivered.occurred_at,
    )


def tell_of_answer(event: FeedbackAnswered, delivered: Delivered) -> None:
    """Notify the author of feedback that it was answered. Without an account they look it up by its number."""
    if event.author_id is None:
        return
    facts = Facts(title=event.number, link=f"/me/feedback/{event.number}")
    to = [event.author_id]
    tell(ANSWERED, "feedback.answered", facts, delivered, user_ids=to, by_sms=to, side=Side())


def tell_of_many_codes(event: ManyCodesRequested, delivered: Delivered) -> None:
    """Notify the owner of a phone to which others ask for codes, once a day."""
    notify(
        Actor.system(),
        user_ids=[event.person_id],
        kind="account.many_codes",
        title=MANY_CODES.title,
        body=fill(MANY_CODES.body, Facts(count=str(event.codes)), 300),
        link=MANY_CODES.link,
        dedupe_key=f"many-codes:{event.day}",
        at=delivered.occurred_at,
    )
