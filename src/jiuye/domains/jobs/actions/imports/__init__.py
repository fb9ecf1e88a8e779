"""Batch import of an agency's sheet: upload, read, map the columns, start; a worker reads it and runs it in resumable chunks."""

from jiuye.domains.jobs.actions.imports.dry_run import Wishes, dry_run
from jiuye.domains.jobs.actions.imports.mapping import set_mapping, start_import
from jiuye.domains.jobs.actions.imports.notes import dismiss_notes
from jiuye.domains.jobs.actions.imports.reading import QUEUE, READING_TASK, RUNNING_TASK, read_sheet
from jiuye.domains.jobs.actions.imports.run import run_import, run_started_import
from jiuye.domains.jobs.actions.imports.upload import choose_worksheets, upload_sheet

__all__ = [
    "QUEUE",
    "READING_TASK",
    "RUNNING_TASK",
    "Wishes",
    "choose_worksheets",
    "dismiss_notes",
    "dry_run",
    "read_sheet",
    "run_import",
    "run_started_import",
    "set_mapping",
    "start_import",
    "upload_sheet",
]
