"""An agency's numbers of its postings, as spreadsheets write them."""

import pytest

from jiuye.domains.jobs.codes import FoldedCode, fold_code
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Agency
from jiuye.kernel.actor import Actor
from tests.factories import jobs
from tests.factories.imports import imported, row
from tests.factories.sheets import HEADERS

WITH_CODE = ["职位编号", *HEADERS]
WAYS = [
    ["K-001", "k-001", " K-001 ", "Ｋ－００１", "K-0 01", "Ｋ-001"],
    ["003", "3", "3.0", "０３", "00003", "3.00", " 3"],
    ["岗位-A１", "岗位-a1", "岗位 -A1", "岗位－Ａ1"],
    ["000", "0", "0.0"],
    ["20261205001", "20261205001.0"],
]


@pytest.mark.parametrize("ways", WAYS)
def test_every_way_to_write_a_number_means_the_same_posting(recruiter: Actor, ways: list[str]) -> None:
    for number, code in enumerate(ways):
        batch = imported(recruiter, [[code, *row(职位名称=f"车工{number}")]], headers=WITH_CODE)
        assert (batch.rows_created, batch.rows_updated) == ((1, 0) if number == 0 else (0, 1))
    posting = JobPosting.objects.get()
    assert (posting.external_code, posting.title) == (ways[0], f"车工{len(ways) - 1}")


@pytest.mark.parametrize("ways", WAYS)
def test_so_it_does_within_one_sheet(recruiter: Actor, ways: list[str]) -> None:
    batch = imported(recruiter, [[code, *row()] for code in ways], headers=WITH_CODE)
    assert (batch.rows_created, batch.rows_unchanged, JobPosting.objects.count()) == (1, len(ways) - 1, 1)


@pytest.mark.parametrize(
    ("one", "other"), [("K-001", "K-01"), ("A3", "A03"), ("3", "30"), ("3.1", "3.10"), ("1-1", "11")]
)
def test_other_numbers_are_other_postings(recruiter: Actor, one: str, other: str) -> None:
    imported(recruiter, [[one, *row()], [other, *row(职位名称="铣工")]], headers=WITH_CODE)
    assert JobPosting.objects.count() == 2


def test_a_number_as_it_is_written_goes_before_those_that_differ_in_case(recruiter: Actor) -> None:
    agency = Agency.objects.get(pk=recruiter.organisation_id)
    jobs.posting(agency, external_code="ab1", title="车工")
    jobs.posting(agency, external_code="AB1", title="刨工")
    imported(recruiter, [["AB1", *row(职位名称="铣工")], ["Ab1", *row(职位名称="铣工")]], headers=WITH_CODE)
    assert dict(JobPosting.objects.values_list("external_code", "title")) == {
        "ab1": "车工",
        "AB1": "铣工",
        "Ab1": "铣工",  # which of the two it means is not certain
    }


@pytest.mark.parametrize("code", [way for ways in WAYS for way in ways] + ["0", "Ⅷ", "a b\tc", "3.0.0", "１．０"])
@pytest.mark.django_db
def test_the_database_folds_as_the_program_does(code: str) -> None:
    jobs.posting(external_code=code)
    stored = JobPosting.objects.annotate(folded=FoldedCode("external_code")).get()
    assert stored.folded == fold_code(code)
