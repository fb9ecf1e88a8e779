"""Scheduled work on the files of resumes."""

from procrastinate.contrib.django import app as queue

from jiuye.domains.resumes import actions, files


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="forget_removed_photos", queue="housekeeping", queueing_lock="forget_removed_photos")
def forget_removed_photos(timestamp: int) -> None:
    """Delete photos that can no longer be restored."""
    while actions.forget_removed_photos() == actions.PHOTOS_TOGETHER:
        pass


@queue.periodic(cron="34 19 * * *")
@queue.task(name="sweep_resume_files", queue="housekeeping", queueing_lock="sweep_resume_files")
def sweep_resume_files(timestamp: int) -> None:
    """Delete files that no resume names (03:34 in Shanghai)."""
    files.sweep()
