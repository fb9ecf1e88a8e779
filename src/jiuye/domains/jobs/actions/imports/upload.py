"""An uploaded sheet: check it, count it, keep it, and guess its mapping."""

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO
from uuid import UUID

from django.db import transaction

from jiuye.domains.jobs.actions.imports import kept_rows
from jiuye.domains.jobs.actions.imports.access import editor_of
from jiuye.domains.jobs.models import ImportBatch, ImportMapping
from jiuye.domains.jobs.sheets import limits
from jiuye.domains.jobs.sheets.mapping import HEADER_SEARCHED, find_header, guess_mapping, signature
from jiuye.domains.jobs.sheets.reading import Sheet, SheetRow, open_sheet
from jiuye.domains.jobs.sheets.reference import reference_vocabulary
from jiuye.domains.jobs.sheets.refusals import SheetRefused
from jiuye.domains.jobs.sheets.template import is_example
from jiuye.kernel import audit, clock, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid

SAMPLE_ROWS = 20
_PIECE = 1024 * 1024


@dataclass(frozen=True)
class Survey:
    """The result of one pass over a sheet: its headers, its first rows (number, cells), the number of data rows."""

    headers: list[str]
    sample: list[tuple[int, list[str]]]
    rows: int


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
            rows_total=survey.rows,
            created_at=clock.now(),
            **_guess(agency_id, survey),
        )
        audit.record(actor, "import.upload", batch.id, rows=survey.rows, digest=digest)
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


def survey_sheet(path: Path, keep: Path) -> Survey:
    """Read a sheet once, writing its data rows to `keep` (see kept_rows).

    Raises SheetRefused, also for a sheet with headers and no rows.
    """
    with open_sheet(path) as sheet:
        headers, rows = below_header(sheet)
        sample: list[tuple[int, list[str]]] = []
        count = 0
        for row in kept_rows.write(rows, keep):
            count += 1
            if count <= SAMPLE_ROWS:
                sample.append((row.number, row.cells))
    if not count:
        raise SheetRefused("no_rows")
    if count > limits.ROWS:
        raise SheetRefused("too_many_rows")
    return Survey(headers, sample, count)


def below_header(sheet: Sheet) -> tuple[list[str], Iterator[SheetRow]]:
    """Return a sheet's headers and its data rows: all below the header except the template's example.

    Raises SheetRefused("no_header").
    """
    first = list(islice(sheet.rows, HEADER_SEARCHED))
    start = find_header([row.cells for row in first]) + 1
    rows = (row for row in chain(first[start:], sheet.rows) if not is_example(row.cells))
    return first[start - 1].cells, rows


def _guess(agency_id: UUID, survey: Survey) -> dict[str, dict[str, object]]:
    """Return the mapping and defaults this agency last used for these headers, else a guess."""
    known = ImportMapping.objects.filter(agency_id=agency_id, signature=signature(survey.headers)).first()
    if known:
        return {"mapping": known.mapping, "defaults": known.defaults}
    return {"mapping": dict(guessed_columns(survey)), "defaults": {}}


def guessed_columns(survey: Survey) -> dict[str, int]:
    """Guess what the columns mean from their headers and contents."""
    vocabulary = reference_vocabulary()
    rows = [cells for _, cells in survey.sample]
    return guess_mapping(survey.headers, rows, lambda text: vocabulary.find_region(text) is not None)
