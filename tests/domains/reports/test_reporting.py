"""Reporting postings, and deciding on what was reported."""

from collections.abc import Callable
from uuid import UUID

import pytest

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.reports import actions, queries
from jiuye.domains.reports.models import Report
from jiuye.kernel import events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound, RateLimited, Refused
from jiuye.kernel.models import AuditEntry, EventDelivery, EventRecord
from jiuye.notifications.models import Notification
from jiuye.worker.handlers import HANDLERS
from tests.factories import accounts, jobs, organisations
from tests.factories.reports import reported

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin() -> User:
    return accounts.seeker()


@pytest.fixture
def posting() -> JobPosting:
    return jobs.posting()


@pytest.fixture
def auditor() -> Actor:
    return organisations.operator("auditor")


def report(who: User, posting: JobPosting, **changes: str) -> UUID:
    return actions.report_posting(accounts.actor(who), posting_id=posting.id, **{"reason": "fees", **changes})


def deliver() -> None:
    for event_id in EventRecord.objects.order_by("occurred_at", "id").values_list("id", flat=True):
        events.deliver(event_id, HANDLERS)


class TestReporting:
    def test_a_posting_is_reported_with_a_reason(self, lin: User, posting: JobPosting) -> None:
        report(lin, posting, text="先交押金 \n再面试 ", contact="微信 示例")
        row = Report.objects.get()
        assert (row.reason, row.text, row.contact, row.state) == ("fees", "先交押金\n再面试", "微信 示例", "open")

    def test_what_the_person_wrote_stays_out_of_the_audit_log(self, lin: User, posting: JobPosting) -> None:
        report(lin, posting, text="联系人姓名", contact="19900000001")
        entry = AuditEntry.objects.get(action="report.submit")
        assert "19900000001" not in str(entry.detail)
        assert "联系人姓名" not in str(entry.detail)

    def test_the_same_person_has_one_open_report_of_a_posting(self, lin: User, posting: JobPosting) -> None:
        report(lin, posting)
        with pytest.raises(Refused) as refusal:
            report(lin, posting, reason="filled")
        assert refusal.value.code == "already_reported"
        assert Report.objects.count() == 1

    def test_after_the_decision_they_may_report_it_again(self, lin: User, posting: JobPosting, auditor: Actor) -> None:
        first = report(lin, posting)
        actions.decide(auditor, posting_id=posting.id, through=first, uphold=False, answer="未发现收费。")
        report(lin, posting)
        assert Report.objects.count() == 2

    @pytest.mark.parametrize(
        ("field", "changes"),
        [
            ("reason", {"reason": "boredom"}),
            ("text", {"reason": "other"}),
            ("text", {"text": "长" * 501}),
            ("contact", {"contact": "1" * 61}),
        ],
    )
    def test_what_is_missing_or_too_long_is_said(
        self, lin: User, posting: JobPosting, field: str, changes: dict[str, str]
    ) -> None:
        with pytest.raises(Invalid) as refusal:
            report(lin, posting, **changes)
        assert field in refusal.value.fields
        assert not Report.objects.exists()

    def test_what_never_was_public_cannot_be_reported(self, lin: User) -> None:
        with pytest.raises(NotFound):
            report(lin, jobs.posting(state="under_review"))

    def test_nobody_reports_more_than_ten_a_day(self, lin: User) -> None:
        agency = organisations.agency()
        for _ in range(10):
            report(lin, jobs.posting(agency))
        with pytest.raises(RateLimited):
            report(lin, jobs.posting(agency))
        assert Report.objects.count() == 10


class TestDeciding:
    def test_all_open_reports_of_a_posting_are_decided_together(self, posting: JobPosting, auditor: Actor) -> None:
        last = [reported(posting) for _ in range(3)][-1]
        number = actions.decide(auditor, posting_id=posting.id, through=last, uphold=True, answer="收取押金属实。")
        assert number == 3
        assert set(Report.objects.values_list("state", "answer")) == {("upheld", "收取押金属实。")}
        posting.refresh_from_db()
        assert posting.state == "published"

    def test_a_report_that_came_after_the_page_was_opened_waits(self, posting: JobPosting, auditor: Actor) -> None:
        read = reported(posting)
        unread = reported(posting)
        actions.decide(auditor, posting_id=posting.id, through=read, uphold=False, answer="未发现问题。")
        assert Report.objects.get(state="open").id == unread

    def test_upheld_it_can_be_banned_at_once(self, posting: JobPosting, auditor: Actor) -> None:
        actions.decide(
            auditor, posting_id=posting.id, through=reported(posting), uphold=True, answer="冒充单位。", ban=True
        )
        posting.refresh_from_db()
        assert (posting.state, posting.review_note) == ("banned", "冒充单位。")
        assert EventRecord.objects.filter(name="PostingsChanged").count() == 1

    def test_dismissed_it_is_never_banned(self, posting: JobPosting, auditor: Actor) -> None:
        actions.decide(
            auditor, posting_id=posting.id, through=reported(posting), uphold=False, answer="不属实。", ban=True
        )
        posting.refresh_from_db()
        assert posting.state == "published"

    def test_where_the_ban_is_refused_nothing_is_decided(self, posting: JobPosting, auditor: Actor) -> None:
        report_id = reported(posting)
        JobPosting.objects.update(state="banned")
        with pytest.raises(Refused):
            actions.decide(auditor, posting_id=posting.id, through=report_id, uphold=True, answer="属实。", ban=True)
        assert Report.objects.get().state == "open"

    def test_a_second_decision_is_refused(self, posting: JobPosting, auditor: Actor) -> None:
        through = reported(posting)
        actions.decide(auditor, posting_id=posting.id, through=through, uphold=True, answer="属实。")
        with pytest.raises(Refused) as refusal:
            actions.decide(auditor, posting_id=posting.id, through=through, uphold=False, answer="不属实。")
        assert refusal.value.code == "decided_meanwhile"
        assert Report.objects.get().state == "upheld"

    @pytest.mark.parametrize("answer", ["", " ", "长" * 301])
    def test_without_an_answer_nothing_is_decided(self, posting: JobPosting, auditor: Actor, answer: str) -> None:
        with pytest.raises(Invalid):
            actions.decide(auditor, posting_id=posting.id, through=reported(posting), uphold=True, answer=answer)
        assert Report.objects.get().state == "open"

    @pytest.mark.parametrize(
        ("who", "refusal"),
        [
            (lambda posting: organisations.operator("support"), Denied),
            (lambda posting: organisations.member(posting.agency), NotFound),
            (lambda posting: accounts.actor(accounts.seeker()), NotFound),
        ],
    )
    def test_only_auditors_decide_and_read(
        self, posting: JobPosting, who: Callable[[JobPosting], Actor], refusal: type[Exception]
    ) -> None:
        through, stranger = reported(posting), who(posting)
        with pytest.raises(refusal):
            actions.decide(stranger, posting_id=posting.id, through=through, uphold=True, answer="属实。")
        with pytest.raises(refusal):
            queries.dossier(stranger, posting.id)
        with pytest.raises(refusal):
            queries.waiting(stranger)


class TestTelling:
    def test_who_reported_and_the_agency_hear_of_it_once(self, lin: User, posting: JobPosting, auditor: Actor) -> None:
        recruiter = organisations.member(posting.agency)
        through = report(lin, posting)
        actions.decide(auditor, posting_id=posting.id, through=through, uphold=True, answer="属实。", ban=True)
        for _ in range(2):
            deliver()
            EventDelivery.objects.all().delete()
        told = {row.user_id: (row.title, row.link) for row in Notification.objects.all()}
        assert told == {
            lin.pk: ("您的举报经核查属实", "/me/reports"),
            recruiter.person_id: (f"“{posting.title}”因举报属实被封禁", f"/agency/jobs/{posting.id}"),
        }

    def test_of_a_dismissed_report_the_agency_hears_nothing(
        self, lin: User, posting: JobPosting, auditor: Actor
    ) -> None:
        organisations.member(posting.agency)
        actions.decide(
            auditor, posting_id=posting.id, through=report(lin, posting), uphold=False, answer="未发现收费。"
        )
        deliver()
        assert Notification.objects.get().user_id == lin.pk


class TestTheQueue:
    def test_each_posting_stands_once_and_the_longest_waiting_first(self, auditor: Actor) -> None:
        first, second = jobs.posting(), jobs.posting()
        for posting, reason in ((first, "fees"), (second, "filled"), (first, "fees"), (first, "discrimination")):
            reported(posting, reason)
        found = queries.waiting(auditor).items
        assert [(one.posting_id, one.number, one.reasons) for one in found] == [
            (first.id, 3, ["收取费用", "就业歧视"]),
            (second.id, 1, ["已招满，或信息过期"]),
        ]
        assert queries.waiting_count() == 2
