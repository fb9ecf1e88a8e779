"""The scheduled job of feedback."""

from procrastinate.contrib.django import app as queue

from jiuye.domains.feedback import actions
from jiuye.kernel.actor import Actor


@queue.periodic(cron="23 * * * *")
@queue.task(name="close_settled_feedback", queue="housekeeping", queueing_lock="close_settled_feedback")
def close_settled_feedback(timestamp: int) -> None:
    """Hourly: close feedback answered seven days ago and not followed up."""
    actions.close_settled(Actor.system())
