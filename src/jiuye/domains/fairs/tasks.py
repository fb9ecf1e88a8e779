"""Scheduled work of fairs."""

from procrastinate.contrib.django import app as queue

from jiuye.domains.fairs import actions
from jiuye.kernel.actor import Actor


@queue.periodic(cron="*/30 * * * *")
@queue.task(name="remind_of_fairs", queue="housekeeping", queueing_lock="remind_of_fairs")
def remind_of_fairs(timestamp: int) -> None:
    """Twice an hour: remind people registered for tomorrow's fairs, once each."""
    actions.remind_of_tomorrow(Actor.system())
