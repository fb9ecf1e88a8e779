"""Batch import of an agency's sheet: upload, map the columns, start; the worker runs it in resumable chunks."""

from jiuye.domains.jobs.actions.imports.dry_run import Wishes, dry_run
from jiuye.domains.jobs.actions.imports.mapping import set_mapping, start_import
from jiuye.domains.jobs.actions.imports.notes import dismiss_notes
from jiuye.domains.jobs.actions.imports.run import run_import, run_started_import
from jiuye.domains.jobs.actions.imports.upload import upload_sheet

__all__ = [
    "Wishes",
    "dismiss_notes",
    "dry_run",
    "run_import",
    "run_started_import",
    "set_mapping",
    "start_import",
    "upload_sheet",
]
