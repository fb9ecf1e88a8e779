"""What an import remarks on a posting, and until when it is shown."""

import pytest

from jiuye.domains.jobs import actions, queries
from jiuye.domains.jobs.actions import imports
from jiuye.domains.jobs.bulk import sheet_rows
from jiuye.domains.jobs.models import ImportBatch, ImportNote, JobPosting
from jiuye.domains.jobs.queries import imports as import_queries
from jiuye.domains.jobs.sheets.parsed import Note
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, NotFound
from tests.factories.imports import imported, row
from tests.factories.imports import recruiter as somebody
from tests.factories.sheets import HEADERS

CODED = ["职位编号", *HEADERS]


@pytest.fixture(autouse=True)
def doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every row gets a remark; those of 铣工 are held."""
    honest = sheet_rows.parse_row

    def with_a_note(cells, *rest):  # type: ignore[no-untyped-def]
        parsed = honest(cells, *rest)
        object.__setattr__(parsed, "notes", (Note("pay", 3, "薪资太高，请核对", holds=parsed.title == "铣工"),))
        return parsed

    monkeypatch.setattr(sheet_rows, "parse_row", with_a_note)


def only() -> JobPosting:
    return JobPosting.objects.get()


def told() -> list[tuple[int, str, str, bool]]:
    notes = import_queries.notes_on(only().id)
    return [(note.row_number, note.label, note.message, note.holds) for note in notes]


def test_a_row_with_a_remark_is_public_and_shows_it_to_the_agency(recruiter: Actor) -> None:
    imported(recruiter, [row()])
    assert (only().state, told()) == ("published", [(2, "薪资", "薪资太高，请核对", False)])


def test_a_doubtful_row_stays_a_draft(recruiter: Actor) -> None:
    imported(recruiter, [row(职位名称="铣工")])
    assert (only().state, told()[0][3]) == ("draft", True)


def test_a_doubtful_posting_is_not_published_unseen_with_many_others(recruiter: Actor) -> None:
    imported(recruiter, [row(职位名称="铣工")])
    [outcome] = actions.publish_several(recruiter, posting_ids=[only().id])
    assert (outcome.done, only().state) == (False, "draft")
    assert "导入时的提示" in outcome.message
    actions.publish_posting(recruiter, posting_id=only().id)
    assert only().state == "published"


def test_an_edit_ends_the_remarks(recruiter: Actor) -> None:
    imported(recruiter, [row()])
    actions.change_posting(recruiter, posting_id=only().id, changes={"headcount": 7})
    assert told() == []


def test_somebody_of_the_agency_dismisses_them(recruiter: Actor) -> None:
    imported(recruiter, [row()])
    with pytest.raises(NotFound):
        imports.dismiss_notes(somebody(), only().id)
    with pytest.raises(Denied):
        imports.dismiss_notes(Actor(recruiter.person_id, recruiter.organisation_id, "agency", "viewer"), only().id)
    assert len(told()) == 1
    imports.dismiss_notes(recruiter, only().id)
    imports.dismiss_notes(recruiter, only().id)
    assert told() == []


def test_the_same_row_again_brings_no_dismissed_remark_back(recruiter: Actor) -> None:
    imported(recruiter, [row()])
    imports.dismiss_notes(recruiter, only().id)
    imported(recruiter, [row()])
    assert told() == []


def test_a_changed_row_replaces_the_remarks(recruiter: Actor) -> None:
    imported(recruiter, [["A-1", *row()]], headers=CODED)
    imported(recruiter, [["B-1", *row(职位名称="刨工")], ["A-1", *row(招聘人数="9")]], headers=CODED)
    note = ImportNote.objects.get(posting__external_code="A-1")
    assert note.row_number == 3


def test_a_doubtful_figure_does_not_replace_a_public_one(recruiter: Actor) -> None:
    imported(recruiter, [["A-1", *row()]], headers=CODED)
    imported(recruiter, [["A-1", *row(职位名称="铣工", 薪资="20-30K", 招聘人数="9")]], headers=CODED)
    posting = only()
    assert (posting.state, posting.title, posting.headcount, posting.pay_min) == ("published", "铣工", 9, 6000)


def test_the_list_of_an_import_has_those_it_found_again(recruiter: Actor) -> None:
    imported(recruiter, [row(), row(职位名称="刨工")])
    again = imported(recruiter, [row(), row(职位名称="车工2")])
    counts = queries.counts(recruiter, queries.ListFilter(batch=again.id))
    assert (counts["all"], counts["published"]) == (2, 2)
    assert {one.title for one in queries.listing(recruiter, chosen=queries.ListFilter(batch=again.id)).items} == {
        "车工",
        "车工2",
    }
    assert ImportBatch.objects.count() == 2
