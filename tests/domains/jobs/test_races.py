"""Several people at the same posting at the same moment, on real connections."""

import pytest

from jiuye.domains.jobs import actions
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.factories import jobs, organisations
from tests.factories.races import at_once, outcomes

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_publications_open_a_posting_once() -> None:
    agency = organisations.agency()
    recruiter = organisations.member(agency)
    posting = jobs.draft(agency)
    results = at_once(*[lambda: actions.publish_posting(recruiter, posting_id=posting.id)] * 4)
    assert outcomes(results) == ["done", *["state_not_allowed"] * 3]
    assert EventRecord.objects.filter(name="PostingsChanged").count() == 1
    assert AuditEntry.objects.filter(action="posting.publish", subject_id=str(posting.id)).count() == 1


def test_a_withdrawal_and_a_withdrawal_in_bulk_happen_once() -> None:
    agency = organisations.agency()
    recruiter = organisations.member(agency)
    posting = jobs.posting(agency)
    at_once(
        lambda: actions.withdraw_posting(recruiter, posting_id=posting.id),
        lambda: actions.withdraw_several(recruiter, posting_ids=[posting.id]),
    )
    posting.refresh_from_db()
    assert (posting.state, posting.version) == ("withdrawn", 2)


def test_of_two_edits_of_one_version_one_wins_and_the_other_is_told() -> None:
    agency = organisations.agency()
    recruiter = organisations.member(agency)
    posting = jobs.draft(agency)
    contents = [jobs.content(title=title) for title in ("甲", "乙", "丙")]
    results = at_once(
        *[
            lambda content=content: actions.edit_posting(recruiter, posting_id=posting.id, version=1, content=content)
            for content in contents
        ]
    )
    assert outcomes(results) == ["done", "edited_meanwhile", "edited_meanwhile"]
    posting.refresh_from_db()
    assert posting.version == 2


def test_expiry_run_twice_at_once_expires_each_posting_once() -> None:
    agency = organisations.agency()
    for _ in range(5):
        jobs.posting(agency, valid_through=jobs.yesterday())
    at_once(*[actions.expire_due_postings] * 3)
    assert set(JobPosting.objects.values_list("state", "version")) == {("expired", 2)}
    assert AuditEntry.objects.filter(action="posting.expire").count() == 5
