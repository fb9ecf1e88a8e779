"""The public page on audits and sanctions, with figures in which nobody can be recognised."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiuye.domains.accounts.models import User
from jiuye.domains.qualifications import queries
from jiuye.domains.qualifications.models import Case, Decision, Submission
from jiuye.kernel import clock
from tests.factories import accounts, audits

pytestmark = pytest.mark.django_db


def decided(case: Case, operator: User, number: int, step: str, hours: float, code: str = "") -> None:
    """A submission of the case and the decision on it, `hours` later, both within the last days."""
    at = clock.now() - timedelta(days=2)
    Submission.objects.create(
        case=case, number=number, submitted_by=operator, submitted_at=at - timedelta(hours=hours), content="{}"
    )
    verdicts = {"hr_licence": {"verdict": "refused", "reason_code": code, "reason": "…"}} if code else {}
    Decision.objects.create(
        case=case, submission=number, step=step, operator=operator, decided_at=at, verdicts=verdicts
    )


def test_the_figures_of_thirty_days() -> None:
    case, operator = audits.waiting(), accounts.person()
    for n in range(10):
        decided(case, operator, n + 2, "return" if n < 6 else "single", hours=n + 1, code="expired" if n < 6 else "")
    old = Decision.objects.create(
        case=case, submission=1, step="single", operator=operator, decided_at=clock.now() - timedelta(days=31)
    )
    found = queries.audit_figures()
    assert old.step == "single"
    assert (found.submitted, found.decided) == (11, 10)
    assert found.median == timedelta(hours=5.5)
    assert found.within == timedelta(hours=9.1)
    assert found.returned_share == pytest.approx(0.6)
    assert list(found.reasons) == [("已过有效期", 1.0)]


@pytest.mark.parametrize(("number", "said"), [(0, "0"), (1, "少于 5"), (4, "少于 5"), (5, "5")])
def test_small_numbers_are_not_given(client: Client, number: int, said: str) -> None:
    case, operator = audits.waiting(), accounts.person()
    Submission.objects.all().delete()
    for n in range(number):
        decided(case, operator, n + 2, "return", hours=1, code="unreadable")
    found = queries.audit_figures()
    assert found.decided == (number if number in (0, 5) else None)
    if number < 5:
        assert (found.median, found.returned_share, list(found.reasons)) == (None, None, [])
    assert said in client.get("/help/audit").content.decode()


def test_anybody_can_read_it_and_it_is_the_same_for_all(client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/help/audit")
    assert len(asked) <= 12
    assert "max-age" in page["Cache-Control"]
    assert "Cookie" not in page.get("Vary", "")
    for words in ("两位审核员", "2 个工作日", "列入异常名录", "申诉", "12333"):
        assert words in page.content.decode()
    assert 'href="/help/audit"' in client.get("/").content.decode()
