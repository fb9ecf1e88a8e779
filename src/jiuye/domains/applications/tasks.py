"""Scheduled work on applications."""

from procrastinate.contrib.django import app as queue

from jiuye.domains.applications import actions


@queue.periodic(cron="23 * * * *")
@queue.task(name="close_unanswered_applications", queue="housekeeping", queueing_lock="close_unanswered_applications")
def close_unanswered_applications(timestamp: int) -> None:
    """Close applications that nobody answered for 60 days."""
    while actions.close_unanswered() == 500:
        pass


@queue.periodic(cron="41 * * * *")
@queue.task(name="recount_answers", queue="housekeeping", queueing_lock="recount_answers")
def recount_answers(timestamp: int) -> None:
    """Update how fast agencies answer, for their shops."""
    actions.recount_answers()


@queue.periodic(cron="52 * * * *")
@queue.task(name="forget_removed_attachments", queue="housekeeping", queueing_lock="forget_removed_attachments")
def forget_removed_attachments(timestamp: int) -> None:
    """Delete files that were removed from the resume and that no open application carries."""
    actions.forget_removed_attachments()
