"""The preview says what the import does: the same sheet, row by row, in every situation."""

from collections.abc import Callable
from uuid import UUID

import pytest

from jiuye.domains.jobs.actions import imports
from jiuye.domains.jobs.models import ImportBatch, ImportRejection, JobPosting
from jiuye.domains.jobs.queries import imports as queries
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.organisations.states import Restriction
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Refused
from tests.factories.imports import csv_file, imported, row
from tests.factories.imports import uploaded as read
from tests.factories.sheets import HEADERS

CODED = ["职位编号", *HEADERS, "统一社会信用代码"]
FIRM = "91350100M000100Y43"
STATES = {"published": "publish", "under_review": "review"}


def coded(code: str = "", credit: str = "", **changes: str) -> list[str]:
    return [code, *row(**changes), credit]


def uploaded(actor: Actor, rows: list[list[str]], *, publish: bool = True) -> UUID:
    batch_id = read(actor, csv_file(rows, CODED))
    imports.set_mapping(
        actor, batch_id, mapping=ImportBatch.objects.get(pk=batch_id).mapping, defaults={}, publish=publish
    )
    return batch_id


def foretold(actor: Actor, batch_id: UUID) -> list[tuple[int, str, str]]:
    return [(one.number, one.outcome, one.result) for one in queries.preview(actor, batch_id).rows]


def came_out(batch_id: UUID, rows: int) -> dict[str, int]:
    batch = ImportBatch.objects.get(pk=batch_id)
    assert (batch.state, batch.rows_total) == ("done", rows)
    return {name: getattr(batch, f"rows_{name}") for name in ("created", "updated", "unchanged", "rejected")}


def compare(actor: Actor, rows: list[list[str]], *, publish: bool = True) -> list[tuple[int, str, str]]:
    """Preview, import, and compare counts, rejected rows and states."""
    batch_id = uploaded(actor, rows, publish=publish)
    before = set(JobPosting.objects.values_list("pk", flat=True))
    told = foretold(actor, batch_id)
    assert set(JobPosting.objects.values_list("pk", flat=True)) == before
    imports.start_import(actor, batch_id)
    imports.run_import(batch_id)
    results = [result for _, _, result in told]
    assert came_out(batch_id, len(rows)) == {
        name: results.count(name) for name in ("created", "updated", "unchanged", "rejected")
    }
    refused = set(ImportRejection.objects.filter(batch=batch_id).values_list("row_number", flat=True))
    assert refused == {number for number, outcome, _ in told if outcome == "rejected"}
    created = JobPosting.objects.exclude(pk__in=before)
    outcomes = sorted(STATES.get(state, "draft") for state in created.values_list("state", flat=True))
    assert outcomes == sorted(outcome for _, outcome, result in told if result == "created")
    return told


def test_complete_faulty_stopped_and_reviewed_rows(recruiter: Actor) -> None:
    rows = [
        coded(),
        coded(职位名称="铣工", 工作内容=""),
        coded(职位名称=""),
        coded(职位名称="刨工", 招聘条件="限男性"),
        coded(职位名称="刨工", 招聘条件="年龄18-35岁"),
        coded(),
    ]
    assert compare(recruiter, rows) == [
        (2, "publish", "created"),
        (3, "draft", "created"),
        (4, "rejected", "rejected"),
        (5, "rejected", "rejected"),
        (6, "review", "created"),
        (7, "publish", "unchanged"),
    ]


def test_nothing_is_foretold_as_public_when_that_is_not_wanted(recruiter: Actor) -> None:
    assert compare(recruiter, [coded(), coded(职位名称="刨工", 招聘条件="限男性")], publish=False) == [
        (2, "draft", "created"),
        (3, "draft", "created"),
    ]


def test_a_credit_code_of_another_firm(recruiter: Actor) -> None:
    Employer.objects.create(legal_name="别的公司", credit_code=FIRM, created_at="2026-01-01T00:00Z")
    told = compare(recruiter, [coded(credit=FIRM, 工作条件=""), coded(职位名称="铣工")])
    assert [outcome for _, outcome, _ in told] == ["rejected", "publish"]


def test_a_credit_code_that_two_rows_give_to_different_firms(recruiter: Actor) -> None:
    rows = [coded(credit=FIRM), coded(职位名称="铣工", credit=FIRM, 招聘单位="另一家有限公司"), coded(职位名称="刨工")]
    assert [outcome for _, outcome, _ in compare(recruiter, rows)] == ["publish", "rejected", "publish"]


def test_a_restricted_employer(recruiter: Actor) -> None:
    imported(recruiter, [coded(credit=FIRM)], headers=CODED)
    Employer.objects.update(restriction=Restriction.BANNED)
    told = compare(recruiter, [coded(职位名称="铣工", credit=FIRM), coded(职位名称="刨工", 招聘单位="另一家有限公司")])
    assert [outcome for _, outcome, _ in told] == ["rejected", "publish"]


@pytest.mark.parametrize("state", ["draft", "under_review", "published", "rejected", "withdrawn", "expired", "banned"])
@pytest.mark.parametrize("headcount", ["5", "9"])
def test_a_row_whose_posting_exists_in_any_state(recruiter: Actor, state: str, headcount: str) -> None:
    imported(recruiter, [coded("A-1")], headers=CODED)
    JobPosting.objects.update(state=state)
    compare(recruiter, [coded("A-1", 招聘人数=headcount), coded("A-2")])


def _suspend(agency: Agency) -> None:
    agency.restriction = Restriction.BANNED


def _unlist(agency: Agency) -> None:
    agency.is_listed = False


@pytest.mark.parametrize("change", [_suspend, _unlist])
def test_an_agency_that_may_not_publish(recruiter: Actor, change: Callable[[Agency], None]) -> None:
    agency = Agency.objects.get()
    batch_id = uploaded(recruiter, [coded(), coded(职位名称="铣工", 工作内容="")])
    change(agency)
    agency.save()
    told = queries.preview(recruiter, batch_id)
    assert [one.outcome for one in told.rows] == ["draft", "draft"]
    assert "不能发布" in told.rows[0].notes[-1].message
    assert told.obstacle != ""
    with pytest.raises(Refused):
        imports.start_import(recruiter, batch_id)
