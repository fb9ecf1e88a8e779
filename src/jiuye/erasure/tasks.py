"""The queue's task for erasure."""

from procrastinate.contrib.django import app as queue

from jiuye.erasure.erase import erase_due
from jiuye.kernel.actor import Actor


@queue.periodic(cron="7,37 * * * *")
@queue.task(name="erase_accounts", queue="housekeeping", queueing_lock="erase_accounts")
def erase_accounts(timestamp: int) -> None:
    """Erase the accounts that are due. Runs twice an hour."""
    erase_due(Actor.system())
