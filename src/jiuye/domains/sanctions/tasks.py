"""The scheduled jobs of sanctions."""

from procrastinate.contrib.django import app as queue

from jiuye.domains.sanctions import actions


@queue.periodic(cron="1 * * * *")
@queue.task(name="end_due_sanctions", queue="housekeeping", queueing_lock="end_due_sanctions")
def end_due_sanctions(timestamp: int) -> None:
    """Hourly, so that one ends just after midnight in China: end the sanctions whose last day has passed."""
    while actions.end_due():
        pass


@queue.periodic(cron="37 3 * * *")
@queue.task(name="forget_sanctions_evidence", queue="housekeeping", queueing_lock="forget_sanctions_evidence")
def forget_sanctions_evidence(timestamp: int) -> None:
    """Daily: delete the evidence of sanctions that ended over three years ago."""
    actions.forget_evidence()
