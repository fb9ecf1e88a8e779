"""Scheduled work on the photos of resumes."""

from procrastinate.contrib.django import app as queue

from jiuye.domains.resumes import actions


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="forget_removed_photos", queue="housekeeping", queueing_lock="forget_removed_photos")
def forget_removed_photos(timestamp: int) -> None:
    """Delete photos that can no longer be restored."""
    while actions.forget_removed_photos() == actions.PHOTOS_TOGETHER:
        pass
