"""Jobs of verification: send cases to the authority, and poll for missing answers."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue

from jiuye.domains.verification import actions
from jiuye.kernel.actor import Actor
from jiuye.ports.authority import AuthorityUnavailable

# Waits of 2, 12, 22 … seconds add up to the week after which a case ends.
FOR_A_WEEK = RetryStrategy(max_attempts=350, wait=2, linear_wait=10, retry_exceptions={AuthorityUnavailable})


@queue.task(name=actions.ASKING_TASK, queue="authority", retry=FOR_A_WEEK)
def ask_authority(case_id: str) -> None:
    """Send one case, once: the authority knows it by the case's id."""
    actions.ask_authority(Actor.system(), case_id=UUID(case_id))


@queue.periodic(cron="* * * * *")
@queue.task(name="fetch_answers", queue="authority", queueing_lock="fetch_answers")
def fetch_answers(timestamp: int) -> None:
    """Poll for the answers of cases that have waited longer than a callback takes."""
    actions.fetch_answers(Actor.system())
