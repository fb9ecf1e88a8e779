"""An uploaded sheet: check it, count it, keep it, and guess its mapping."""

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO
from uuid import UUID

from django.db import transaction

from jiuye.domains.jobs.actions.imports import kept_rows
from jiuye.domains.jobs.actions.imports.access import editor_of
from jiuye.domains.jobs.models import ImportBatch, ImportMapping
from jiuye.domains.jobs.sheets import limits
from jiuye.domains.jobs.sheets.contents import Doubt, judge
from jiuye.domains.jobs.sheets.mapping import guess_mapping, signature
from jiuye.domains.jobs.sheets.reading import open_sheet
from jiuye.domains.jobs.sheets.reference import reference_vocabulary
from jiuye.domains.jobs.sheets.refusals import SheetRefused
from jiuye.domains.jobs.sheets.survey import Survey
from jiuye.kernel import audit, clock, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid

_PIECE = 1024 * 1024
_GUESSED_FROM = 60


def upload_sheet(actor: Actor, *, filename: str, content: IO[bytes]) -> UUID:
    """Store a sheet for import and guess its mapping. Return the batch's id.

    Reads the whole file once (10,000 rows: half a second). Raises Invalid on `file` if it cannot be imported.
    """
    agency_id, person_id = editor_of(actor)
    with tempfile.TemporaryDirectory(prefix="jiuye-sheet-") as folder:
        path, rows = Path(folder) / "sheet", Path(folder) / "rows"
        try:
            digest = _copy(content, path)
            survey = survey_sheet(path, rows)
        except SheetRefused as refusal:
            raise Invalid({"file": refusal.message}) from refusal
        kept = rows.read_bytes()
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            agency_id=agency_id,
            created_by_id=person_id,
            file_key=sealed_files.save("imports", kept, "application/gzip"),
            filename=Path(filename).name[-200:] or "职位表",
            digest=digest,
            headers=survey.headers,
            sample=survey.sample,
            worksheets=[table.as_json() for table in survey.tables],
            question=survey.question,
            rows_total=survey.count,
            created_at=clock.now(),
            **_guess(agency_id, survey),
        )
        audit.record(actor, "import.upload", batch.id, rows=survey.count, digest=digest)
    return batch.id


def _copy(content: IO[bytes], path: Path) -> str:
    """Write the upload to disk, at most one byte over the limit. Return its SHA-256."""
    digest = hashlib.sha256()
    size = 0
    with path.open("wb") as file:
        while piece := content.read(_PIECE):
            size += len(piece)
            if size > limits.FILE_BYTES:
                raise SheetRefused("too_big")
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


def survey_sheet(path: Path, keep: Path, chosen: Mapping[str, int | None] | None = None) -> Survey:
    """Read a sheet once, writing its data rows to `keep` (see kept_rows).

    Raises SheetRefused, also for a sheet with headers and no rows.
    """
    survey = Survey(chosen)
    with open_sheet(path) as sheet:
        for _ in kept_rows.write(survey.rows(sheet), keep):
            pass
    return survey


def _guess(agency_id: UUID, survey: Survey) -> dict[str, object]:
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
