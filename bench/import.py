"""P6: a sheet of 10,000 rows from the upload to search, by the worker; against reading the file and one COPY of the rows.

./jiuye bench import [--rows 10000] [--repeat 3]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import django

django.setup()

from _measuring import machine
from _sheets import recruiter, write_sheet
from django.db import connection, transaction

from jiuye.domains.jobs.actions import imports
from jiuye.domains.jobs.models import ImportBatch, JobPosting
from jiuye.domains.jobs.sheets.reading import open_sheet
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.ports import search
from jiuye.ports.search import SearchQuery, SearchUnavailable
from jiuye.runtime.demo import organisations
from jiuye.runtime.demo.chance import Chance

PATIENCE_SECONDS = 300.0


def main() -> None:
    arguments = _arguments()
    print(f"machine: {machine()}")
    cast = organisations.Cast()
    organisations.build(Chance("bench"), clock.now(), cast)
    with tempfile.TemporaryDirectory() as folder, _worker():
        for number in range(arguments.repeat):
            path = Path(folder) / f"{number}.xlsx"
            write_sheet(path, cast, arguments.rows, f"sheet {number}")
            _measure(path, recruiter(number), arguments.rows)


def _measure(path: Path, actor: Actor, rows: int) -> None:
    started = time.perf_counter()
    with path.open("rb") as file:
        batch_id = imports.upload_sheet(actor, filename=path.name, content=file)
    _until(lambda: ImportBatch.objects.filter(pk=batch_id).exclude(state="reading").exists(), "reading")
    uploaded = time.perf_counter()
    mapping = ImportBatch.objects.get(pk=batch_id).mapping
    imports.set_mapping(actor, batch_id, mapping=mapping, defaults={}, publish=True)
    imports.start_import(actor, batch_id)
    _until(lambda: ImportBatch.objects.filter(pk=batch_id, state__in=["done", "failed"]).exists(), "the import")
    written = time.perf_counter()
    published = JobPosting.objects.filter(import_batch_id=batch_id, state="published").count()
    _until(lambda: _found(actor) >= published, "the index")
    found = time.perf_counter()
    batch = ImportBatch.objects.get(pk=batch_id)
    baseline_read, baseline_copy = _baseline(path, batch_id)
    bare = baseline_read + baseline_copy
    own = written - started
    print(
        f"{rows:,} rows, {path.stat().st_size / 1e6:.1f} MB: {batch.state}, imported {batch.rows_done - batch.rows_rejected:,}, "
        f"rejected {batch.rows_rejected:,}, published {batch.rows_published:,}\n"
        f"  uploaded and read {uploaded - started:.2f} s, screened and written {written - uploaded:.2f} s, "
        f"all found by search {found - written:.2f} s later: {found - started:.2f} s end to end\n"
        f"  reading the file {baseline_read:.2f} s + one COPY of the same rows {baseline_copy:.2f} s = {bare:.2f} s; "
        f"upload to written is at {100 * bare / own:.0f} % of that rate"
    )


def _found(actor: Actor) -> int:
    try:
        return search.get().search(SearchQuery(agency=(str(actor.organisation_id),))).total
    except SearchUnavailable:
        return 0


def _until(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.perf_counter() + PATIENCE_SECONDS
    while not is_so():
        if time.perf_counter() > deadline:
            raise SystemExit(f"{what} took longer than {PATIENCE_SECONDS:.0f} s")
        time.sleep(0.05)


def _baseline(path: Path, batch_id: UUID) -> tuple[float, float]:
    """Return the seconds to read the file, and to COPY the batch's rows into the same table with all its indexes and keys."""
    started = time.perf_counter()
    with open_sheet(path) as sheet:
        count = sum(1 for _ in sheet.rows)
    read = time.perf_counter() - started
    assert count
    fields = JobPosting._meta.concrete_fields
    rows = list(JobPosting.objects.filter(import_batch_id=batch_id).values_list(*(field.attname for field in fields)))
    names = ", ".join(f'"{field.column}"' for field in fields)
    with transaction.atomic():
        JobPosting.objects.filter(import_batch_id=batch_id).delete()
    started = time.perf_counter()
    statement = f'COPY "{JobPosting._meta.db_table}" ({names}) FROM STDIN'
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(statement) as out:
        for row in rows:
            out.write_row(row)
    return read, time.perf_counter() - started


@contextmanager
def _worker() -> Iterator[None]:
    """Run both workers as separate processes, as in production."""
    command = [sys.executable, "-m", "jiuye.worker"]
    processes = [
        subprocess.Popen([*command, *more], env=os.environ, stdout=subprocess.DEVNULL) for more in ([], ["imports"])
    ]
    try:
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(30)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./jiuye bench import", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    main()
