"""Several people at the same reports at the same moment, on real connections."""

import pytest

from jiuye.domains.reports import actions
from jiuye.domains.reports.models import Report
from jiuye.kernel.models import EventRecord
from tests.factories import accounts, jobs, organisations
from tests.factories.races import at_once, outcomes
from tests.factories.reports import reported

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_operators_one_decides_and_the_other_is_told() -> None:
    posting = jobs.posting()
    reported(posting)
    through = reported(posting)
    one, other = organisations.operator("auditor"), organisations.operator("auditor")
    results = at_once(
        lambda: actions.decide(one, posting_id=posting.id, through=through, uphold=True, answer="属实。", ban=True),
        lambda: actions.decide(other, posting_id=posting.id, through=through, uphold=False, answer="不属实。"),
    )
    assert outcomes(results) == ["decided_meanwhile", "done"]
    assert len(set(Report.objects.values_list("state", "answer"))) == 1
    assert EventRecord.objects.filter(name="ReportsDecided").count() == 1


def test_a_report_sent_twice_at_once_is_made_once() -> None:
    posting = jobs.posting()
    lin = accounts.actor(accounts.seeker())
    results = at_once(*[lambda: actions.report_posting(lin, posting_id=posting.id, reason="fees")] * 4)
    assert outcomes(results) == [*["already_reported"] * 3, "done"]
    assert Report.objects.count() == 1
