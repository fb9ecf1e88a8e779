"""Read an uploaded sheet: a job of its own queue, never of a request. Its rows are kept, its columns guessed."""

import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app as queue

from jiuye.domains.jobs.actions.imports import kept_rows
from jiuye.domains.jobs.events import ImportFinished
from jiuye.domains.jobs.models import ImportBatch, ImportMapping
from jiuye.domains.jobs.sheets.contents import Doubt, judge
from jiuye.domains.jobs.sheets.mapping import guess_mapping, signature
from jiuye.domains.jobs.sheets.reading import open_sheet
from jiuye.domains.jobs.sheets.reference import reference_vocabulary
from jiuye.domains.jobs.sheets.refusals import SheetRefused
from jiuye.domains.jobs.sheets.survey import Survey
from jiuye.domains.jobs.states import ImportState
from jiuye.kernel import audit, clock, events, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.sealed_files import FileGone

READING_TASK = "read_sheet"
RUNNING_TASK = "run_import"
QUEUE = "imports"
_GUESSED_FROM = 60
_LOST = "上传的文件读不出来了，请重新上传。"


def defer(task: str, batch: ImportBatch) -> None:
    """Queue a job on a batch. One at a time for each agency; call it in the transaction of the change."""
    queue.configure_task(task, queue=QUEUE, lock=f"imports:{batch.agency_id}").defer(batch_id=str(batch.id))


def read_sheet(batch_id: UUID) -> None:
    """Read the file of a batch that waits for it. For the worker: takes up to minutes, outside any transaction. Idempotent.

    A file that cannot be imported ends the batch, with a message for its sender.
    """
    batch = ImportBatch.objects.filter(pk=batch_id, state=ImportState.READING).first()
    if batch is None:
        return
    with tempfile.TemporaryDirectory(prefix="jiuye-sheet-") as folder:
        path, rows = Path(folder) / "sheet", Path(folder) / "rows"
        try:
            path.write_bytes(sealed_files.read(batch.upload_key))
            survey = survey_sheet(path, rows, _chosen(batch))
        except SheetRefused as refusal:
            _fail(batch, refusal.message)
        except FileGone:
            _fail(batch, _LOST)
        else:
            _finish(batch, survey, rows.read_bytes())


def _chosen(batch: ImportBatch) -> dict[str, int | None] | None:
    """Return what a person has chosen, as `survey.Survey` takes it; None if nothing was."""
    return {one["name"]: one["chosen"] for one in batch.worksheets if "chosen" in one} or None


def _finish(batch: ImportBatch, survey: Survey, kept: bytes) -> None:
    columns = _columns(batch.agency_id, survey)
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.state != ImportState.READING:
            return
        sealed_files.delete(locked.file_key)
        locked.file_key = sealed_files.save("imports", kept, "application/gzip")
        locked.state = ImportState.UPLOADED
        locked.headers, locked.sample, locked.rows_total = survey.headers, survey.sample, survey.count
        locked.worksheets = [table.as_json() for table in survey.tables]
        locked.question = survey.question
        for name, value in columns.items():
            setattr(locked, name, value)
        locked.save()
        audit.record(_sender(batch), "import.read", batch.id, rows=survey.count)


def _fail(batch: ImportBatch, failure: str) -> None:
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.state != ImportState.READING:
            return
        sealed_files.delete(locked.upload_key)
        locked.upload_key = ""
        locked.state, locked.failure, locked.finished_at = ImportState.FAILED, failure, clock.now()
        locked.save(update_fields=["upload_key", "state", "failure", "finished_at"])
        sender = _sender(batch)
        told = ImportFinished(batch_id=batch.id, agency_id=batch.agency_id, created_by_id=batch.created_by_id)
        events.publish(sender, told)
        audit.record(sender, "import.read", batch.id, failure=failure)


def _sender(batch: ImportBatch) -> Actor:
    return Actor(batch.created_by_id, batch.agency_id, "agency", "recruiter")


def survey_sheet(
    path: Path, keep: Path, chosen: Mapping[str, int | None] | None = None, header: int | None = None
) -> Survey:
    """Read a sheet once, writing its data rows to `keep` (see kept_rows). `chosen`, `header`: see `Survey`.

    Raises SheetRefused, also for a sheet with headers and no rows.
    """
    survey = Survey(chosen, header)
    with open_sheet(path) as sheet:
        for _ in kept_rows.write(survey.rows(sheet), keep):
            pass
    return survey


def _columns(agency_id: UUID, survey: Survey) -> dict[str, Any]:
    """Return the mapping this agency last used for these headers, else a guess, as the batch's columns.

    A remembered default for a mapped column is only offered (`remembered`): it fills blank cells after it was shown and
    confirmed. One for a column that the sheet lacks stands in the form, where it is seen.
    """
    headers = survey.headers
    known = ImportMapping.objects.filter(agency_id=agency_id, signature=signature(headers)).first()
    if known is None or not any(header.strip() for header in headers):
        mapping, doubts = guessed_columns(survey)
        return {"mapping": mapping, "doubts": [asdict(doubt) for doubt in doubts]}
    mapped = {code: text for code, text in known.defaults.items() if code in known.mapping}
    free = {code: text for code, text in known.defaults.items() if code not in known.mapping}
    return {"mapping": known.mapping, "defaults": free, "remembered": mapped, "choices": known.choices}


def guessed_columns(survey: Survey) -> tuple[dict[str, int], list[Doubt]]:
    """Guess what the columns mean from their headers and from cells all over the sheet; say which headers misled."""
    vocabulary = reference_vocabulary()
    headers, rows = survey.headers, survey.spread[:: max(1, len(survey.spread) // _GUESSED_FROM)]
    _, doubts = judge(guess_mapping(headers, []), headers, survey.spread)
    misleading = {doubt.column for doubt in doubts}
    mapping = guess_mapping(
        ["" if column in misleading else header for column, header in enumerate(headers)],
        [["" if column in misleading else cell for column, cell in enumerate(cells)] for cells in rows],
        lambda text: vocabulary.find_region(text) is not None,
    )
    mapping, more = judge(mapping, headers, survey.spread)
    return mapping, doubts + more
