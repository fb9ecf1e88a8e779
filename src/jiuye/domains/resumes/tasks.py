"""Jobs of resumes: reading uploaded files, and what is deleted when its time is over."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue

from jiuye.domains.resumes import actions
from jiuye.kernel.actor import Actor
from jiuye.ports.inspection import InspectionUnavailable

# Waits of 2, 7, 12 … seconds add up to ten minutes: somebody sits in front of the page.
SOON = RetryStrategy(max_attempts=15, wait=2, linear_wait=5, retry_exceptions={InspectionUnavailable})


@queue.task(name=actions.READING_TASK, queue="documents", retry=SOON)
def read_resume_file(file_id: str, recognise: bool) -> None:
    """Read an uploaded resume."""
    actions.read_resume_file(Actor.system(), file_id=UUID(file_id), recognise=recognise)


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="forget_resume_files", queue="housekeeping", queueing_lock="forget_resume_files")
def forget_resume_files(timestamp: int) -> None:
    """Delete uploaded resumes whose time is over; have those read whose job was lost."""
    actions.forget_resume_files()


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="forget_removed_photos", queue="housekeeping", queueing_lock="forget_removed_photos")
def forget_removed_photos(timestamp: int) -> None:
    """Delete photos that can no longer be restored."""
    while actions.forget_removed_photos() == actions.PHOTOS_TOGETHER:
        pass
