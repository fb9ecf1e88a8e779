"""A killed import goes on where it stopped: nothing lost, nothing twice."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from jiuye.domains.jobs.actions import imports
from jiuye.domains.jobs.models import ImportBatch, ImportRejection, JobPosting
from jiuye.domains.jobs.sheets import reading
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import EventRecord
from jiuye.worker.process import FILES
from tests.factories.imports import csv_file, recruiter, row, started, uploaded

ROWS = 10
CHUNK = 3

RUN = textwrap.dedent("""
    import os, signal, sys
    import django
    django.setup()
    from django.conf import settings
    from jiuye.domains.jobs.actions.imports import run
    batch, chunk, die_at, moment = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    run.CHUNK_ROWS = chunk
    honest_write, honest_count, chunks = run._write_chunk, run._count, [0]

    def die():
        os.kill(os.getpid(), signal.SIGKILL)

    def count(*arguments):
        honest_count(*arguments)
        chunks[0] += 1
        if moment == "before the commit" and chunks[0] == die_at:
            die()

    def write(*arguments):
        answer = honest_write(*arguments)
        if moment == "after the commit" and chunks[0] == die_at:
            die()
        return answer

    run._count, run._write_chunk = count, write
    run.run_import(batch)
""")


def run_in_a_process(batch_id: object, files: Path, die_at: int, moment: str) -> int:
    database = connection.settings_dict
    host = quote(str(database["HOST"]), safe="")
    url = f"postgresql://{database['USER']}@/{database['NAME']}?host={host}&port={database['PORT'] or 5432}"
    environment = os.environ | {
        "DATABASE_URL": url,
        "DATA_DIR": str(files.parent),
        "DJANGO_SETTINGS_MODULE": "jiuye.config.settings",
    }
    command = [sys.executable, "-c", RUN, str(batch_id), str(CHUNK), str(die_at), moment]
    return subprocess.run(command, env=environment, check=False, timeout=60).returncode


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["before the commit", "after the commit"])
@pytest.mark.parametrize("die_at", [1, 3])
def test_an_import_killed_at_any_chunk_resumes_at_the_last_committed_one(
    kept_files: Path, die_at: int, moment: str
) -> None:
    rows = [row(职位名称="" if n % 4 == 0 else f"车工{n}") for n in range(ROWS)]
    batch_id = started(recruiter(), rows)

    assert run_in_a_process(batch_id, kept_files, die_at, moment) == -signal.SIGKILL
    stopped = ImportBatch.objects.get(pk=batch_id)
    committed = min(ROWS, CHUNK * (die_at if moment == "after the commit" else die_at - 1))
    assert (stopped.state, stopped.rows_done) == ("running", committed)
    assert JobPosting.objects.count() + ImportRejection.objects.count() == committed

    assert run_in_a_process(batch_id, kept_files, 0, "never") == 0
    finished = ImportBatch.objects.get(pk=batch_id)
    assert (finished.state, finished.rows_created, finished.rows_rejected) == ("done", 7, 3)
    assert sorted(JobPosting.objects.values_list("title", flat=True)) == sorted(
        f"车工{n}" for n in range(ROWS) if n % 4
    )
    announced = [
        posting
        for event in EventRecord.objects.filter(name="PostingsChanged")
        for posting in event.payload["posting_ids"]
    ]
    assert len(announced) == len(set(announced)) == 7


@pytest.mark.django_db
def test_a_sheet_whose_reading_process_was_killed_ends_with_a_reason_and_can_be_sent_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    long = "在车间操作数控车床。" * 120
    rows = [row(职位名称=f"车工{n}", 工作内容=long) for n in range(120)]
    honest, seen = reading._line, [0]

    def kill_at_the_second_line(process: "subprocess.Popen[bytes]") -> object:
        seen[0] += 1
        if seen[0] == 2:
            process.kill()
        return honest(process)

    actor = recruiter()
    with monkeypatch.context() as patched:
        patched.setattr(reading, "_line", kill_at_the_second_line)
        batch = ImportBatch.objects.get(pk=uploaded(actor, csv_file(rows)))
    assert (batch.state, batch.rows_total, batch.upload_key) == ("failed", 0, "")
    assert "分别导入" in batch.failure
    assert not JobPosting.objects.exists()

    again = started(actor, rows)
    imports.run_import(again)
    assert ImportBatch.objects.get(pk=again).state == "done"
    assert JobPosting.objects.count() + ImportRejection.objects.count() == len(rows)


def fetched() -> str:
    """The agency of the job that a free slot of the worker takes now; "" for none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'batch_id' FROM procrastinate_fetch_job_v2(ARRAY['imports']::varchar[], NULL)")
        (batch_id,) = cursor.fetchone()
    return str(ImportBatch.objects.get(pk=batch_id).agency_id) if batch_id else ""


@pytest.mark.django_db
def test_the_many_sheets_of_one_agency_do_not_keep_another_ones_waiting() -> None:
    (pool,) = [pool for pool in FILES if pool.queues == (imports.QUEUE,)]
    assert pool.slots >= 2
    many, one = recruiter(), recruiter()

    def upload(actor: Actor) -> None:
        imports.upload_sheet(actor, filename="职位.csv", content=csv_file([row()]))

    for _ in range(10):
        upload(many)
    upload(one)
    assert [fetched() for _ in range(3)] == [str(many.organisation_id), str(one.organisation_id), ""]
