"""After an erasure and the periods of retention nothing of a person is left: tables, jobs, events, files, index, anchors, logs (S14)."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django import app as queue
from structlog.testing import capture_logs
from structlog.typing import EventDict

from jiuye.domains.accounts.models import KeptInput, User
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel import clock, events, sealed_files
from jiuye.kernel.crypto import encrypt
from jiuye.kernel.http import metrics
from jiuye.kernel.models import AnsweredForm, EventRecord, SealedFile, StoredAnswer
from jiuye.search.documents import document
from jiuye.worker import tasks
from tests.erasure.test_no_trace import found
from tests.factories import erasure, imports
from tests.factories.cast import Cast
from tests.factories.sheets import HEADERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged() -> Iterator[list[EventDict]]:
    """What structlog is given meanwhile."""
    with capture_logs() as entries:
        yield entries


def leave_what_passes() -> None:
    """Answers, kept input and jobs with the person's words, as forms, programs and failing gateways leave them."""
    moment = clock.now()
    KeptInput.objects.create(
        browser="b" * 64, action="/me", content=erasure.SAID, kept_at=moment, expires_at=moment + timedelta(minutes=30)
    )
    StoredAnswer.objects.create(key="k", request="r", answer=erasure.NAME, expires_at=moment + timedelta(hours=72))
    AnsweredForm.objects.create(key="k", answer=erasure.SAID, expires_at=moment + timedelta(minutes=1))
    for statuses in ENDS:
        job(*statuses)


def job(*statuses: str) -> None:
    """A finished job with a text message in it, which went through these states."""
    envelope = encrypt(orjson.dumps({"phone": erasure.PHONE, "text": erasure.SAID}).decode())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('texts', 'send_notice', %s) RETURNING id",
            [orjson.dumps({"envelope": envelope}).decode()],
        )
        (number,) = cursor.fetchone()
        for status in statuses:
            cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, number])


def leave_a_sheet(cast: Cast) -> None:
    """An agency's sheet with the person in columns that no posting has, half of it rejected."""
    imports.recruiter()  # with the reference data that its rows name
    people = [erasure.NAME, erasure.PHONE, erasure.ID_NUMBER, erasure.SAID]
    headers = [*HEADERS, "联系人", "电话", "证件", "备注"]
    batch = imports.imported(
        cast.zhou, [[*imports.row(), *people], [*imports.row(职位名称=""), *people]], headers=headers
    )
    assert (batch.state, batch.rows_rejected) == ("done", 1)


ENDS = (("doing", "succeeded"), ("doing", "failed"), ("cancelled",), ("doing", "cancelled"), ("doing", "aborted"))
"""Every way in which a job can end."""


def jobs_with_messages() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE args ? 'envelope'")
        return {status for (status,) in cursor.fetchall()}


def time_passes(days: float) -> None:
    """The worker's housekeeping runs on that day."""
    with clock.frozen(clock.now() + timedelta(days=days)), transaction.atomic():
        tasks.sweep(0)
        for periodic in queue.periodic_registry.periodic_tasks.values():
            if periodic.task.name.startswith(("sweep", "forget", "erase")):
                periodic.task.func(0)


def places(own_files: Path, logged: list[EventDict]) -> dict[str, str]:
    """Return all that is kept besides the tables, as text."""
    files = [one for one in own_files.rglob("*") if one.is_file()]
    anchors = Path(settings.AUDIT_ANCHORS)
    return {
        "files": "".join(str(one) + one.read_bytes().decode(errors="replace") for one in files),
        "sealed files": "".join(
            sealed_files.read(row.key).decode(errors="replace")
            for row in SealedFile.objects.all()
            if (own_files / row.key).exists()
        ),
        "index": repr([document(one) for one in JobPosting.objects.select_related("agency", "employer")]),
        "anchors": "".join(one.read_text() for one in anchors.glob("*")),
        "logs": repr(logged),
        "figures": metrics.exposition()[0].decode(),
        "events": repr(list(EventRecord.objects.values_list("payload", flat=True))),
    }


def traces(content: dict[str, str]) -> set[tuple[str, str]]:
    return {(place, text) for place, all_of_it in content.items() for text in erasure.TRACES if text in all_of_it}


def test_after_erasure_and_retention_nothing_is_left_anywhere(
    logged: list[EventDict],
    everywhere: tuple[User, Cast],
    own_files: Path,
    django_capture_on_commit_callbacks: object,
) -> None:
    leave_what_passes()
    leave_a_sheet(everywhere[1])
    tasks.seal_audit(0)
    assert all(found(*erasure.TRACES).values())
    assert [one for one in own_files.rglob("*") if one.is_file()]
    erasure.ask(everywhere[0])
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert erasure.erase_after(days=7) == 1
        time_passes(days=91)
    tasks.seal_audit(0)
    assert {text: kept for text, kept in found(*erasure.TRACES).items() if kept} == {}
    assert traces(places(own_files, logged)) == set()
    assert [one for one in own_files.rglob("*") if one.is_file()] == []


def test_jobs_with_messages_are_deleted_a_week_or_a_month_after_they_ended(db: None) -> None:
    for statuses in ENDS:
        job(*statuses)
    time_passes(days=6.9)
    assert jobs_with_messages() == {"succeeded", "failed", "cancelled", "aborted"}
    time_passes(days=7.1)
    assert jobs_with_messages() == {"failed", "cancelled", "aborted"}
    time_passes(days=29.9)
    assert jobs_with_messages() == {"failed", "cancelled", "aborted"}
    time_passes(days=30.1)
    assert jobs_with_messages() == set()


def test_events_outlive_the_person_and_hold_only_ids_and_codes(everywhere: tuple[User, Cast]) -> None:
    told = repr(list(EventRecord.objects.values_list("payload", flat=True)))
    assert str(everywhere[0].pk) in told
    assert traces({"events": told}) == set()
    assert timedelta(days=3 * 365) < events.KEPT
