"""The legal elements of a posting, its validity, and who may touch it."""

from datetime import date, timedelta

import pytest

from jiuye.domains.jobs import policies
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel.errors import Denied, NotFound
from tests.factories import jobs, organisations

TODAY = date(2026, 11, 23)


@pytest.mark.django_db
def test_a_whole_posting_lacks_nothing() -> None:
    assert policies.missing_elements(jobs.posting()) == []


def test_an_empty_posting_lacks_every_element_in_the_order_of_the_form() -> None:
    assert tuple(policies.missing_elements(JobPosting(title="焊工"))) == policies.ELEMENTS


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "empty", "label"),
    [
        ("employer_id", None, "用人单位"),
        ("headcount", None, "招聘人数"),
        ("requirements", " ", "招聘条件"),
        ("duties", "", "工作内容"),
        ("region_id", None, "工作地点"),
        ("employment_type", "", "用工类型"),
        ("working_conditions", "\n", "工作条件"),
        ("valid_through", None, "有效期"),
    ],
)
def test_each_element_is_missed_with_its_source(column: str, empty: object, label: str) -> None:
    posting = jobs.posting()
    setattr(posting, column, empty)
    (missing,) = policies.missing_elements(posting)
    assert missing.label == label
    assert missing.source.startswith("《")


def test_negotiable_pay_alone_states_no_pay() -> None:
    posting = JobPosting(title="焊工", pay_negotiable=True)
    assert "pay" in {element.field for element in policies.missing_elements(posting)}


def test_one_bound_of_pay_is_enough() -> None:
    posting = JobPosting(title="焊工", pay_max=8000)
    assert "pay" not in {element.field for element in policies.missing_elements(posting)}


@pytest.mark.parametrize("days", [0, 1, policies.LONGEST_VALIDITY_DAYS])
def test_a_posting_may_be_open_from_today_up_to_the_longest_time(days: int) -> None:
    assert policies.validity_fault(TODAY + timedelta(days=days), TODAY) == ""


@pytest.mark.parametrize("days", [-1, policies.LONGEST_VALIDITY_DAYS + 1])
def test_a_closing_day_past_or_too_far_is_refused(days: int) -> None:
    assert policies.validity_fault(TODAY + timedelta(days=days), TODAY)


def test_a_published_posting_is_open_through_its_last_day() -> None:
    assert policies.is_open("published", TODAY, TODAY)
    assert not policies.is_open("published", TODAY - timedelta(days=1), TODAY)
    assert not policies.is_open("withdrawn", TODAY, TODAY)


@pytest.mark.django_db
def test_owners_and_recruiters_of_the_agency_may_edit() -> None:
    posting = jobs.posting()
    for role in ("owner", "recruiter"):
        policies.may_edit(organisations.member(posting.agency, role=role), posting)


@pytest.mark.django_db
def test_a_viewer_may_not_edit() -> None:
    posting = jobs.posting()
    with pytest.raises(Denied):
        policies.may_edit(organisations.member(posting.agency, role="viewer"), posting)


@pytest.mark.django_db
def test_another_agencys_posting_is_hidden() -> None:
    stranger = organisations.member(organisations.agency())
    with pytest.raises(NotFound):
        policies.may_edit(stranger, jobs.posting())
