"""Uploading a sheet and saying what its columns mean."""

import io
from uuid import UUID

import pytest

from jiuye.domains.jobs.actions import imports
from jiuye.domains.jobs.models import ImportBatch, ImportMapping
from jiuye.domains.organisations.models import Qualification
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound, Refused
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.factories.imports import csv_file, recruiter, row, uploaded

BOARD_HEADERS = ["jobName", "area", "salary"]


def upload(actor: Actor, rows: list[list[str]] | None = None, headers: list[str] | None = None) -> ImportBatch:
    batch_id = uploaded(actor, csv_file(rows or [row()], headers), filename="a/b/职位.csv")
    return ImportBatch.objects.get(pk=batch_id)


def test_an_uploaded_sheet_is_counted_and_its_mapping_guessed(recruiter: Actor) -> None:
    batch = upload(recruiter, [row(), row(职位名称="铣工"), []])
    assert (batch.state, batch.rows_total, batch.filename) == ("uploaded", 2, "职位.csv")
    assert batch.mapping["title"] == 0
    assert [number for number, *_ in batch.sample] == [2, 3]
    assert AuditEntry.objects.filter(action="import.upload", subject_id=str(batch.id)).exists()


def test_the_sample_of_a_long_sheet_is_its_beginning_and_some_of_everything_after(recruiter: Actor) -> None:
    batch = upload(recruiter, [row(职位名称=f"车工{n}") for n in range(1000)])
    numbers = [number for number, *_ in batch.sample]
    assert numbers[:10] == list(range(2, 12))
    assert len(numbers) == 20
    assert numbers == sorted(set(numbers))
    assert numbers[-1] > 900


def test_a_bad_file_is_refused_in_words_and_leaves_nothing(recruiter: Actor) -> None:
    with pytest.raises(Invalid) as caught:
        imports.upload_sheet(recruiter, filename="a.xlsx", content=io.BytesIO(b"%PDF-1.7"))
    assert "另存为" in caught.value.fields["file"]
    assert not ImportBatch.objects.exists()


def test_an_upload_over_the_limit_is_refused_before_it_is_read_whole(recruiter: Actor) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"x" * size

    endless = Endless()
    with pytest.raises(Invalid):
        imports.upload_sheet(recruiter, filename="a.csv", content=endless)  # type: ignore[arg-type]
    assert endless.given < 25 * 1024 * 1024


def test_a_viewer_may_not_upload_and_others_see_nothing(recruiter: Actor) -> None:
    viewer = Actor(recruiter.person_id, recruiter.organisation_id, "agency", "viewer")
    with pytest.raises(Denied):
        upload(viewer)
    with pytest.raises(NotFound):
        upload(Actor(recruiter.person_id))


def test_another_agency_cannot_touch_a_batch(recruiter: Actor) -> None:
    batch = upload(recruiter)
    stranger = recruiter_of_another_agency()
    with pytest.raises(NotFound):
        imports.set_mapping(stranger, batch.id, mapping={"title": 0}, defaults={}, publish=False)
    with pytest.raises(NotFound):
        imports.start_import(stranger, batch.id)
    batch.refresh_from_db()
    assert batch.state == "uploaded"


def recruiter_of_another_agency() -> Actor:
    return recruiter()


def test_a_mapping_is_remembered_for_the_next_sheet_with_these_headers(recruiter: Actor) -> None:
    first = upload(recruiter, [["车工", "苏州", "8K"]], ["甲", "乙", "丙"])
    imports.set_mapping(
        recruiter, first.id, mapping={"title": 0, "region": 1, "pay": 2}, defaults={"headcount": "3"}, publish=False
    )
    again = upload(recruiter, [["铣工", "无锡", "9K"]], ["甲", "乙", "丙", "未导入原因"])
    assert again.mapping == {"title": 0, "region": 1, "pay": 2}
    assert again.defaults == {"headcount": "3"}
    assert ImportMapping.objects.count() == 1


@pytest.mark.parametrize(
    ("mapping", "defaults", "field"),
    [
        ({"region": 1}, {}, "title"),
        ({"title": 0, "region": 0}, {}, "region"),
        ({"title": 0, "region": 99}, {}, "region"),
        ({"title": 0, "colour": 1}, {}, "colour"),
        ({"title": 0}, {"headcount": "很多"}, "default_headcount"),
        ({"title": 0}, {"valid_through": "2001-01-01"}, "default_valid_through"),
        ({"title": 0}, {"region": "火星"}, "default_region"),
        ({"title": 0}, {"tags": "电工"}, "default_tags"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_at_its_field(
    recruiter: Actor, mapping: dict[str, int], defaults: dict[str, str], field: str
) -> None:
    batch = upload(recruiter)
    with pytest.raises(Invalid) as caught:
        imports.set_mapping(recruiter, batch.id, mapping=mapping, defaults=defaults, publish=False)
    assert list(caught.value.fields) == [field]
    batch.refresh_from_db()
    assert batch.state == "uploaded"


def test_starting_hands_the_batch_to_the_worker_once(recruiter: Actor) -> None:
    batch = upload(recruiter)
    imports.set_mapping(recruiter, batch.id, mapping=batch.mapping, defaults={}, publish=True)
    imports.start_import(recruiter, batch.id)
    imports.start_import(recruiter, batch.id)
    [event] = EventRecord.objects.filter(name="ImportStarted")
    assert UUID(event.payload["batch_id"]) == batch.id


def test_an_import_does_not_start_before_it_is_mapped_nor_change_after(recruiter: Actor) -> None:
    batch = upload(recruiter)
    with pytest.raises(Refused):
        imports.start_import(recruiter, batch.id)
    imports.set_mapping(recruiter, batch.id, mapping=batch.mapping, defaults={}, publish=False)
    imports.start_import(recruiter, batch.id)
    with pytest.raises(Refused):
        imports.set_mapping(recruiter, batch.id, mapping=batch.mapping, defaults={}, publish=True)


def test_an_agency_that_may_not_publish_imports_drafts_only(recruiter: Actor) -> None:
    Qualification.objects.update(state="expired")
    batch = upload(recruiter)
    imports.set_mapping(recruiter, batch.id, mapping=batch.mapping, defaults={}, publish=True)
    with pytest.raises(Refused, match="资质"):
        imports.start_import(recruiter, batch.id)
    imports.set_mapping(recruiter, batch.id, mapping=batch.mapping, defaults={}, publish=False)
    imports.start_import(recruiter, batch.id)
