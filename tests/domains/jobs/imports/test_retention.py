"""What imports keep of sheets is encrypted, and deleted after its time; the figures stay (bars S12, S14)."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from jiuye.domains.jobs.actions import forget_old_sheets
from jiuye.domains.jobs.models import ImportBatch, ImportNote, ImportRejection
from jiuye.domains.jobs.queries import imports as queries
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from tests.factories.imports import csv_file, imported, row, uploaded
from tests.factories.sheets import HEADERS

PERSON, PHONE, NUMBER = "尉迟砚秋", "13812340987", "510107199003078888"
WITH_PEOPLE = [*HEADERS, "联系人", "联系电话", "身份证号"]


def people(**changes: str) -> list[str]:
    return [*row(**changes), PERSON, PHONE, NUMBER]


def in_clear() -> set[str]:
    """Return the tables in which something of the person can be read."""
    found = set()
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            with cursor.copy(f'COPY "{name}" TO STDOUT') as copy:
                text = b"".join(bytes(block) for block in copy).decode()
            # PostgreSQL shows JSON in ASCII or as it is written, JSON in JSON escaped.
            if any(word in text or word.encode("unicode-escape").decode() in text for word in (PERSON, PHONE, NUMBER)):
                found.add(name)
    return found


def later(days: float) -> int:
    with clock.frozen(clock.now() + timedelta(days=days)):
        return forget_old_sheets(Actor.system())


def test_nobody_in_a_sheet_is_in_clear_in_the_database(recruiter: Actor) -> None:
    batch = imported(
        recruiter,
        [people(), people(职位名称=""), people(职位名称="铣工", 薪资=f"面议，找{PERSON}{PHONE}")],
        headers=[*WITH_PEOPLE[:-1], f"身份证号（如{NUMBER}）"],
        publish=False,
    )
    assert batch.rows_rejected == 1
    kept = repr(
        [batch.sample, batch.headers, batch.worksheets, *ImportRejection.objects.values_list("cells", flat=True)]
    )
    assert all(word in kept for word in (PERSON, PHONE, NUMBER))
    # What the sheet says of pay is part of the posting.
    assert in_clear() <= {"jobs_jobposting", "kernel_row_version"}


def test_remarks_quote_the_sheet_and_are_encrypted_too(recruiter: Actor) -> None:
    imported(recruiter, [row(薪资="8-12")], publish=False)
    note = ImportNote.objects.first()
    assert note is None or note.clear_message == ""
    for model in (ImportBatch, ImportRejection, ImportNote):
        for column in model._meta.local_concrete_fields:
            if column.name.startswith("clear_"):
                assert set(map(repr, model._base_manager.values_list(column.name, flat=True))) <= {"[]", "''"}


def test_rows_samples_and_the_error_workbook_are_deleted_ninety_days_after_the_end(
    recruiter: Actor, kept_files: Path, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        batch = imported(recruiter, [people(), people(职位名称="")], headers=WITH_PEOPLE)
    assert (batch.file_key, batch.upload_key) == ("", "")
    assert len([one for one in kept_files.rglob("*") if one.is_file()]) == 1  # the error workbook
    assert later(days=89) == 0
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert later(days=91) == 1
    assert later(days=92) == 0
    batch.refresh_from_db()
    assert (batch.rows_created, batch.rows_rejected, batch.error_file_key) == (1, 1, "")
    assert not ImportRejection.objects.exists()
    assert [one for one in kept_files.rglob("*") if one.is_file()] == []
    assert not any((batch.sample, batch.headers, batch.worksheets, batch.doubts))
    view = queries.get_for(recruiter, batch.id)
    assert (view.rejected, view.has_error_workbook) == (1, False)


def test_a_sheet_that_nobody_imports_is_deleted_after_thirty_days(
    recruiter: Actor, kept_files: Path, django_capture_on_commit_callbacks: object
) -> None:
    batch_id = uploaded(recruiter, csv_file([people()], WITH_PEOPLE))
    assert later(days=29) == 0
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert later(days=31) == 1
    batch = ImportBatch.objects.get(pk=batch_id)
    assert (batch.state, "30 天" in batch.failure) == ("failed", True)
    assert [one for one in kept_files.rglob("*") if one.is_file()] == []


@pytest.mark.django_db
def test_what_the_release_before_wrote_is_read_and_encrypted_with_the_next_save(recruiter: Actor) -> None:
    batch = imported(recruiter, [people(职位名称="")], headers=WITH_PEOPLE)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE jobs_importbatch SET sealed_headers = NULL, headers = %s WHERE id = %s", ['["职位名称"]', batch.id]
        )
        cursor.execute("UPDATE jobs_importrejection SET sealed_cells = NULL, cells = %s", ['["车工"]'])
    again = ImportBatch.objects.get(pk=batch.pk)
    assert again.headers == ["职位名称"]
    assert ImportRejection.objects.get().cells == ["车工"]
    again.save()
    assert ImportBatch.objects.filter(pk=batch.pk, clear_headers=[]).exists()
    assert ImportBatch.objects.get(pk=batch.pk).headers == ["职位名称"]
