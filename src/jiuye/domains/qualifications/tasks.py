"""Jobs of qualifications: open files, ask registers, and the daily work on expiry and retention."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue

from jiuye.domains.qualifications import actions
from jiuye.kernel.actor import Actor
from jiuye.ports.inspection import InspectionUnavailable

# Waits of 2, 12, 22 … seconds add up to nearly five hours.
PATIENT = RetryStrategy(max_attempts=60, wait=2, linear_wait=10, retry_exceptions={InspectionUnavailable})


@queue.task(name=actions.INSPECTION_TASK, queue="documents", retry=PATIENT)
def inspect_material(material_id: str) -> None:
    """Open an uploaded file."""
    actions.inspect_material(Actor.system(), material_id=UUID(material_id))


@queue.task(name=actions.READING_TASK, queue="recognition", retry=PATIENT)
def read_picture(material_id: str) -> None:
    """Recognise the words of a photographed licence; one at a time, by the job's lock."""
    actions.read_picture(Actor.system(), material_id=UUID(material_id))


@queue.task(name=actions.REGISTER_TASK, queue="authority")
def ask_registers(case_id: str) -> None:
    """Ask the registers about a case."""
    actions.ask_registers(Actor.system(), case_id=UUID(case_id))


@queue.periodic(cron="*/5 * * * *")
@queue.task(name="repeat_checks", queue="housekeeping", queueing_lock="repeat_checks")
def repeat_checks(timestamp: int) -> None:
    """Ask registers again that were away, and open files whose job was lost."""
    actions.ask_again(Actor.system())
    actions.recheck_waiting(Actor.system())


@queue.periodic(cron="5 16 * * *")
@queue.task(name="expire_qualifications", queue="housekeeping", queueing_lock="expire_qualifications")
def expire_qualifications(timestamp: int) -> None:
    """Tell of ends to come, end what is over, close shops a week later (00:05 in Shanghai)."""
    actions.tell_of_expiry(Actor.system())
    actions.refresh_listings(Actor.system())


@queue.periodic(cron="40 18 * * *")
@queue.task(name="erase_materials", queue="housekeeping", queueing_lock="erase_materials")
def erase_materials(timestamp: int) -> None:
    """Erase materials whose time is over, and release registrations that were never submitted (02:40 in Shanghai)."""
    actions.erase_due(Actor.system())
    actions.release_abandoned(Actor.system())
