"""The results of a sheet's rows."""

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiuye.domains.jobs.actions import imports
from jiuye.domains.jobs.actions.imports import kept_rows, run
from jiuye.domains.jobs.bulk import sheet_rows
from jiuye.domains.jobs.models import ImportBatch, ImportRejection, JobPosting
from jiuye.domains.jobs.sheets.reading import SheetRow, open_sheet
from jiuye.domains.jobs.states import PostingState
from jiuye.domains.organisations.models import Employer
from jiuye.kernel import clock, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import EventRecord
from tests.factories.imports import imported, row, started
from tests.factories.sheets import HEADERS

WITH_CODE = ["职位编号", *HEADERS]


def only() -> JobPosting:
    return JobPosting.objects.get()


def test_a_complete_row_becomes_a_public_posting(recruiter: Actor) -> None:
    batch = imported(recruiter, [row()])
    posting = only()
    assert (batch.state, batch.rows_created, batch.rows_published) == ("done", 1, 1)
    assert (posting.state, posting.title, posting.region_id, posting.headcount) == ("published", "车工", "320583", 5)
    assert (posting.pay_min, posting.pay_max, posting.pay_text) == (6000, 9000, "6000-9000元/月")
    assert posting.import_batch_id == batch.id
    assert posting.employer is not None
    assert posting.employer.named_by_id == recruiter.organisation_id
    [event] = EventRecord.objects.filter(name="PostingsChanged")
    assert event.payload == {"posting_ids": [str(posting.id)], "verb": "publish"}


def test_a_row_that_lacks_something_becomes_a_draft_and_no_event(recruiter: Actor) -> None:
    batch = imported(recruiter, [row(工作内容="")])
    assert (only().state, batch.rows_created, batch.rows_published) == ("draft", 1, 0)
    assert not EventRecord.objects.filter(name="PostingsChanged").exists()


def test_nothing_is_published_when_that_is_not_wanted(recruiter: Actor) -> None:
    imported(recruiter, [row()], publish=False)
    assert only().state == "draft"


def test_defaults_complete_the_rows(recruiter: Actor) -> None:
    imported(recruiter, [row(招聘人数="", 工作内容="")], defaults={"headcount": "2", "duties": "按安排工作"})
    assert (only().state, only().headcount, only().duties) == ("published", 2, "按安排工作")


def test_a_faulty_row_is_kept_with_its_cells_and_reasons(recruiter: Actor) -> None:
    batch = imported(recruiter, [row(), row(职位名称="", 薪资="8-12")])
    rejection = ImportRejection.objects.get()
    assert (batch.rows_created, batch.rows_rejected, rejection.row_number) == (1, 1, 3)
    assert rejection.cells == row(职位名称="", 薪资="8-12")
    assert {(reason["field"], reason["column"]) for reason in rejection.reasons} == {("title", 0), ("pay", 3)}


def test_the_corrected_error_workbook_is_imported_without_mapping_it_again(recruiter: Actor, tmp_path: Path) -> None:
    batch = imported(recruiter, [row(职位名称="铣工"), row(职位名称="")])
    with open_kept(sealed_files.read(batch.error_file_key), tmp_path) as sheet:
        headers, *rows = [found.cells for found in sheet.rows]
    assert rows[0][0] == ""
    rows[0][0] = "车工"
    again = imported(recruiter, rows, headers=headers)
    assert (again.rows_created, again.rows_rejected) == (1, 0)
    assert JobPosting.objects.count() == 2


def open_kept(content: bytes, folder: Path):  # type: ignore[no-untyped-def]
    path = folder / "errors.xlsx"
    path.write_bytes(content)
    return open_sheet(path)


def test_the_same_sheet_again_changes_nothing(recruiter: Actor) -> None:
    imported(recruiter, [row(), row(职位名称="铣工")])
    again = imported(recruiter, [row(), row(职位名称="铣工"), row(职位名称="刨工")])
    assert (again.rows_created, again.rows_unchanged) == (1, 2)
    assert JobPosting.objects.count() == 3


def test_a_row_that_stands_twice_in_a_sheet_comes_in_once(recruiter: Actor) -> None:
    batch = imported(recruiter, [row(), row()])
    assert (batch.rows_created, batch.rows_unchanged, JobPosting.objects.count()) == (1, 1, 1)


def test_the_agencys_own_code_updates_its_posting(recruiter: Actor) -> None:
    imported(recruiter, [["A-1", *row()]], headers=WITH_CODE)
    again = imported(recruiter, [["A-1", *row(薪资="9-12K", 工作条件="")]], headers=WITH_CODE)
    posting = only()
    assert (again.rows_updated, posting.pay_min, posting.version) == (1, 9000, 2)
    assert posting.working_conditions == "白班双休"
    assert EventRecord.objects.filter(name="PostingsChanged").count() == 2


def test_a_code_twice_in_one_sheet_keeps_the_last_word(recruiter: Actor) -> None:
    batch = imported(recruiter, [["A-1", *row()], ["A-1", *row(招聘人数="9")]], headers=WITH_CODE)
    assert (batch.rows_created, batch.rows_updated, only().headcount) == (1, 1, 9)


def test_two_codes_are_two_postings_though_they_say_the_same(recruiter: Actor) -> None:
    imported(recruiter, [["A-1", *row()], ["A-2", *row()]], headers=WITH_CODE)
    assert JobPosting.objects.count() == 2


def test_a_draft_is_completed_and_published_by_the_same_row_with_defaults(recruiter: Actor) -> None:
    imported(recruiter, [row(招聘人数="")])
    again = imported(recruiter, [row(招聘人数="")], defaults={"headcount": "4"})
    assert (again.rows_updated, again.rows_published, only().state, only().headcount) == (1, 1, "published", 4)


def test_what_was_edited_by_hand_is_not_undone_by_the_same_row(recruiter: Actor) -> None:
    imported(recruiter, [row()])
    JobPosting.objects.update(headcount=50)
    again = imported(recruiter, [row()])
    assert (again.rows_unchanged, only().headcount) == (1, 50)


def test_a_posting_taken_down_stays_down_when_the_same_row_comes_again(recruiter: Actor) -> None:
    imported(recruiter, [row()])
    JobPosting.objects.update(state="withdrawn")
    assert imported(recruiter, [row()]).rows_unchanged == 1
    assert only().state == "withdrawn"


def test_a_banned_posting_is_not_brought_back(recruiter: Actor) -> None:
    imported(recruiter, [["A-1", *row()]], headers=WITH_CODE)
    JobPosting.objects.update(state="banned")
    again = imported(recruiter, [["A-1", *row(招聘人数="9")]], headers=WITH_CODE)
    assert (again.rows_rejected, only().state, only().headcount) == (1, "banned", 5)


def test_a_posting_that_discriminates_is_rejected_with_the_words_and_the_law(recruiter: Actor) -> None:
    batch = imported(recruiter, [row(招聘条件="限男性")])
    [reason] = ImportRejection.objects.get().reasons
    assert batch.rows_rejected == 1
    assert "限男性" in reason["message"]
    assert reason["column"] == HEADERS.index("招聘条件")
    assert not JobPosting.objects.exists()


def test_a_posting_that_a_human_must_look_at_is_held(recruiter: Actor) -> None:
    imported(recruiter, [row(招聘条件="年龄18-35岁")])
    assert only().state == "under_review"


def test_an_employer_is_recorded_once_with_what_the_sheet_says_of_it(recruiter: Actor) -> None:
    headers = [*HEADERS, "单位性质", "单位规模"]
    imported(recruiter, [[*row(), "民营", "50-150人"], [*row(职位名称="铣工"), "民营", "50-150人"]], headers=headers)
    employer = Employer.objects.get()
    assert (employer.legal_name, employer.ownership, employer.size) == ("示例精密机械有限公司", "private", "from_50")


def test_a_credit_code_of_another_name_is_rejected(recruiter: Actor) -> None:
    Employer.objects.create(legal_name="别的公司", credit_code="91350100M000100Y43", created_at="2026-01-01T00:00Z")
    headers = [*HEADERS, "统一社会信用代码"]
    batch = imported(recruiter, [[*row(), "91350100M000100Y43"]], headers=headers)
    [reason] = ImportRejection.objects.get().reasons
    assert (batch.rows_rejected, reason["field"]) == (1, "employer_credit_code")
    assert "别的公司" in reason["message"]


def test_an_employer_first_named_without_its_code_is_given_it_later(recruiter: Actor) -> None:
    imported(recruiter, [row()])
    imported(recruiter, [[*row(职位名称="铣工"), "91350100M000100Y43"]], headers=[*HEADERS, "统一社会信用代码"])
    assert Employer.objects.get().credit_code == "91350100M000100Y43"


def test_another_agencys_posting_is_never_touched(recruiter: Actor) -> None:
    from tests.factories.imports import recruiter as somebody

    other = somebody()
    imported(other, [["A-1", *row()]], headers=WITH_CODE)
    imported(recruiter, [["A-1", *row(招聘人数="9")]], headers=WITH_CODE)
    assert sorted(JobPosting.objects.values_list("headcount", flat=True)) == [5, 9]


def test_a_row_that_the_database_refuses_is_rejected_alone(recruiter: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = sheet_rows.parse_row

    def with_an_unstorable_title(cells, *rest):  # type: ignore[no-untyped-def]
        parsed = honest(cells, *rest)
        if parsed.title == "坏":
            object.__setattr__(parsed, "title", "坏" * 81)
        return parsed

    monkeypatch.setattr(sheet_rows, "parse_row", with_an_unstorable_title)
    batch = imported(recruiter, [row(职位名称="甲"), row(职位名称="坏"), row(职位名称="乙")])
    assert (batch.state, batch.rows_created, batch.rows_rejected) == ("done", 2, 1)
    assert ImportRejection.objects.get().row_number == 3


def test_a_file_that_changed_since_its_upload_fails_in_words(recruiter: Actor) -> None:
    batch_id = started(recruiter, [row()])
    ImportBatch.objects.update(rows_total=7)
    imports.run_import(batch_id)
    batch = ImportBatch.objects.get(pk=batch_id)
    assert batch.state == "failed"
    assert "重新上传" in batch.failure


def test_a_finished_import_is_not_run_again(recruiter: Actor) -> None:
    batch = imported(recruiter, [row()])
    imports.run_import(batch.id)
    assert EventRecord.objects.filter(name="ImportFinished").count() == 1
    assert JobPosting.objects.count() == 1


def test_chunks_are_counted_one_by_one(recruiter: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "CHUNK_ROWS", 2)
    batch = imported(recruiter, [row(职位名称=f"车工{n}") for n in range(5)])
    assert (batch.rows_done, batch.rows_created) == (5, 5)
    assert EventRecord.objects.filter(name="PostingsChanged").count() == 3


class Killed(Exception):
    """The run ends here, as if its process was killed."""


def test_a_run_that_another_one_has_overtaken_writes_nothing_more(
    recruiter: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = ImportBatch.objects.get(pk=started(recruiter, [row(职位名称=f"车工{n}") for n in range(3)]))
    rows = list(kept_rows.read(batch.file_key))

    def killed_after_a_chunk(key: str) -> Iterator[SheetRow]:
        yield from rows[:2]  # the second is read while the first is written
        raise Killed

    def overtaken(key: str) -> Iterator[SheetRow]:
        """Before this run reads its first row, another one writes a chunk and is killed."""
        monkeypatch.setattr(kept_rows, "read", killed_after_a_chunk)
        with pytest.raises(Killed):
            imports.run_import(batch.id)
        monkeypatch.setattr(kept_rows, "read", lambda key: iter(rows))
        return iter(rows)

    monkeypatch.setattr(run, "CHUNK_ROWS", 1)
    monkeypatch.setattr(kept_rows, "read", overtaken)
    imports.run_import(batch.id)
    batch.refresh_from_db()
    assert (batch.state, batch.rows_done, JobPosting.objects.count()) == ("running", 1, 1)
    imports.run_import(batch.id)
    batch.refresh_from_db()
    assert (batch.state, batch.rows_done, JobPosting.objects.count()) == ("done", 3, 3)


def test_odd_tags_arrive_as_they_are(recruiter: Actor) -> None:
    odd = ['C"#', "a\\b", "{x}", "NULL", "逗'号"]
    imported(recruiter, [[*row(), "、".join(odd).replace('"', '""')]], headers=[*HEADERS, "技能要求"])
    assert only().skills == odd


def test_the_templates_example_row_does_not_count(recruiter: Actor) -> None:
    batch = imported(recruiter, [row(职位名称="【示例】车工"), row()])
    assert (batch.rows_total, batch.rows_created) == (1, 1)


any_row = st.lists(
    st.sampled_from(["车工", "", "示例公司", "昆山市", "8K", "8-12", "很多", "5", "全职", "限男", "30天", "2001-01-01", "=1", "<b>x</b>"]),
    min_size=1,
    max_size=len(HEADERS),
)  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(any_row, min_size=1, max_size=12), chunk=st.integers(1, 5), publish=st.booleans())
def test_imported_and_rejected_rows_are_the_rows_of_the_file(
    recruiter: Actor, rows: list[list[str]], chunk: int, publish: bool
) -> None:
    rows = [cells for cells in rows if any(cells)] or [row()]
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory():
        patch.setattr(run, "CHUNK_ROWS", chunk)
        before = JobPosting.objects.count()
        batch = imported(recruiter, rows, publish=publish)
    assert batch.state == "done"
    assert batch.rows_total == len(rows)
    assert batch.rows_created + batch.rows_updated + batch.rows_unchanged + batch.rows_rejected == len(rows)
    assert ImportRejection.objects.filter(batch=batch).count() == batch.rows_rejected
    assert JobPosting.objects.count() - before == batch.rows_created


@pytest.mark.parametrize("state", sorted(PostingState))
@pytest.mark.parametrize("code", ["", "A-1"])
def test_the_same_row_again_is_no_change_in_any_state(recruiter: Actor, state: str, code: str) -> None:
    """Also on another day, from which 30 days end later."""
    cells, headers = (["A-1", *row()], WITH_CODE) if code else (row(), HEADERS)
    imported(recruiter, [cells], headers=headers)
    JobPosting.objects.update(state=state)
    with clock.frozen(clock.now() + timedelta(days=0 if state in ("published", "draft", "expired") else 3)):
        again = imported(recruiter, [cells], headers=headers)
    if state in ("draft", "expired"):  # it may be public, and comes back
        assert (again.rows_updated, only().state) == (1, "published")
    else:
        assert (again.rows_unchanged, again.rows_rejected, only().state) == (1, 0, state)


@pytest.mark.parametrize("state", ["under_review", "banned"])
def test_a_row_with_other_content_does_not_change_what_the_platform_has_closed(recruiter: Actor, state: str) -> None:
    imported(recruiter, [["A-1", *row()]], headers=WITH_CODE)
    JobPosting.objects.update(state=state)
    again = imported(recruiter, [["A-1", *row(招聘人数="9")]], headers=WITH_CODE)
    assert (again.rows_rejected, only().headcount) == (1, 5)


@pytest.mark.parametrize("state", ["withdrawn", "rejected"])
def test_a_row_with_its_code_and_other_content_publishes_again(recruiter: Actor, state: str) -> None:
    imported(recruiter, [["A-1", *row()]], headers=WITH_CODE)
    JobPosting.objects.update(state=state)
    again = imported(recruiter, [["A-1", *row(招聘人数="9")]], headers=WITH_CODE)
    assert (again.rows_updated, only().state, only().headcount) == (1, "published", 9)
