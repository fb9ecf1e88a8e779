"""An agency that may publish, somebody who works there, and the sheets they bring."""

import io
from collections.abc import Mapping
from typing import IO, Any
from uuid import UUID

from jiuye.domains.jobs.actions import imports
from jiuye.domains.jobs.models import ImportBatch
from jiuye.domains.reference.queries import guess_occupation
from jiuye.kernel.actor import Actor
from tests.factories import organisations, reference
from tests.factories.sheets import HEADERS, ROW, Rows

KUNSHAN = "320583"
LATHE_OPERATOR = "6-18-01-01"
TITLES = ("车工", "铣工", "刨工")


def recruiter(*, role: str = "recruiter", **given: Any) -> Actor:
    """Somebody of an approved, listed agency; the reference rows that the sheets here point at exist."""
    reference.region(KUNSHAN)
    for title in TITLES:
        reference.occupation(guess_occupation(title) or LATHE_OPERATOR)
    return organisations.member(organisations.agency(**given), role=role)


def row(**changes: str) -> list[str]:
    """A row that has every legal element, with cells changed by their headers."""
    return [changes.get(header, cell) for header, cell in zip(HEADERS, ROW, strict=True)]


def csv_file(rows: Rows, headers: list[str] | None = None) -> io.BytesIO:
    """A CSV upload with the usual headers."""
    lines = [headers or HEADERS, *rows]
    return io.BytesIO("".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines).encode())


def imported(
    actor: Actor,
    rows: Rows,
    *,
    headers: list[str] | None = None,
    publish: bool = True,
    defaults: Mapping[str, str] | None = None,
) -> ImportBatch:
    """A sheet brought in, the worker's part included."""
    batch_id = started(actor, rows, headers=headers, publish=publish, defaults=defaults)
    imports.run_import(batch_id)
    return ImportBatch.objects.get(pk=batch_id)


def uploaded(actor: Actor, content: IO[bytes], *, filename: str = "职位.csv") -> UUID:
    """A sheet uploaded, and read by the worker."""
    batch_id = imports.upload_sheet(actor, filename=filename, content=content)
    imports.read_sheet(batch_id)
    return batch_id


def started(
    actor: Actor,
    rows: Rows,
    *,
    headers: list[str] | None = None,
    publish: bool = True,
    defaults: Mapping[str, str] | None = None,
) -> UUID:
    """A sheet uploaded and read, mapped as guessed and handed to the worker."""
    batch_id = uploaded(actor, csv_file(rows, headers))
    mapping = ImportBatch.objects.get(pk=batch_id).mapping
    imports.set_mapping(actor, batch_id, mapping=mapping, defaults=defaults or {}, publish=publish)
    imports.start_import(actor, batch_id)
    return batch_id
