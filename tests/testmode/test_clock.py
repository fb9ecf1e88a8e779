"""The clock of test data: what falls due on the way happens, at its own time, and nothing of the live data moves."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from jiuye.changes import writer
from jiuye.changes.models import FeedItem
from jiuye.domains.applications.models import Application
from jiuye.domains.clients import queries as clients_queries
from jiuye.domains.clients.models import TestWorld
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations import queries as organisation_queries
from jiuye.domains.organisations.models import Agency, Qualification
from jiuye.kernel import clock, rate_limits, worlds
from jiuye.kernel.models import AuditEntry, EventDelivery, EventRecord, RateCounter
from jiuye.notifications.models import Notification
from jiuye.testmode import passing
from jiuye.testmode.values import SEEKERS
from tests.factories import clients, jobs, organisations
from tests.testmode.conftest import Integrator

pytestmark = pytest.mark.django_db
SILENT = SEEKERS[2].phone


def days_of(moment: datetime) -> date:
    return clock.local(moment).date()


class TestMoving:
    """Where the clock goes."""

    def test_by_a_duration(self, tester: Integrator) -> None:
        before = clock.real_now()
        told = tester.move(by="P30DT6H")
        moved = datetime.fromisoformat(told["now"])
        assert timedelta(days=30, hours=6) <= moved - before < timedelta(days=30, hours=6, minutes=5)
        read = tester.api.get("/test/clock").json()
        assert datetime.fromisoformat(read["now"]) >= moved
        assert datetime.fromisoformat(read["real_now"]) < moved

    def test_to_a_time(self, tester: Integrator) -> None:
        goal = (clock.real_now() + timedelta(days=3)).replace(microsecond=0)
        told = tester.move(to=goal.isoformat())
        assert datetime.fromisoformat(told["now"]) == goal

    @pytest.mark.parametrize(
        "move",
        [
            {"by": "P1M"},
            {"by": "P1Y"},
            {"by": "P"},
            {"by": "PT"},
            {"by": "-P1D"},
            {"by": "P400D"},
            {"to": "2020-01-01T00:00:00Z"},
            {},
            {"by": "P1D", "to": "2099-01-01T00:00:00Z"},
        ],
    )
    def test_what_is_no_way_forward_is_refused(self, tester: Integrator, move: dict[str, str]) -> None:
        answer = tester.api.post("/test/clock", move)
        assert answer.status_code == 422, answer.content
        assert tester.ahead() == 0

    def test_it_stays_within_five_years(self, tester: Integrator) -> None:
        TestWorld.objects.update(offset=timedelta(days=5 * 366 - 10))
        assert tester.api.post("/test/clock", {"by": "P9D"}).status_code == 200
        assert tester.api.post("/test/clock", {"by": "P9D"}).status_code == 422

    def test_other_test_data_keep_their_time(self, tester: Integrator) -> None:
        other = Integrator()
        tester.move(by="P10D")
        assert other.ahead() == 0


def test_skipping_days_without_work_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def told(every_day: bool) -> list[tuple[str, date]]:
        one = Integrator()
        application = one.apply(SEEKERS[0].phone)
        one.apply(SILENT)
        for verb in ("view", "invite", "pass_interview", "notify_onboarding", "record_onboarded"):
            one.step(verb, application)
        with monkeypatch.context() as patch:
            if every_day:
                patch.setattr(passing, "days_with_work", _all_days)
            one.move(by="P110D")
        with worlds.of_client(one.client_id):
            seen = [(row.kind, days_of(row.created_at)) for row in Notification.objects.all()]
        return sorted(seen)

    assert told(every_day=False) == told(every_day=True)


def _all_days(first: date, last: date) -> set[date]:
    return {first + timedelta(days=days) for days in range((last - first).days + 1)}


class TestSevenMonthsAhead:
    """Trap 2.7."""

    @pytest.fixture(scope="class")
    def live(self, class_transaction: None) -> Any:
        agency = organisations.agency()
        return jobs.posting(agency)

    @pytest.fixture(scope="class")
    def moved(self, live: Any) -> Integrator:
        tester = Integrator()
        writer.drain()
        tester.begun = clock.real_now()  # type: ignore[attr-defined]
        tester.silent = tester.apply(SILENT)  # type: ignore[attr-defined]
        tester.move(by="P214D")
        writer.drain()
        return tester

    def test_postings_expire_on_the_day_after_their_last(self, moved: Integrator) -> None:
        with worlds.of_client(moved.client_id):
            rows = list(JobPosting.objects.all())
        assert {row.state for row in rows} == {"expired"}
        for row in rows:
            assert row.valid_through
            assert row.closed_at
            assert days_of(row.closed_at) == row.valid_through + timedelta(days=1)

    def test_the_feed_tells_it_with_the_time_of_that_day(self, moved: Integrator) -> None:
        gone = FeedItem.objects.filter(test_client_id=moved.client_id, kind="job", change="tombstone")
        assert gone.count() == 3
        for item in gone:
            assert item.reason == "expired"
            assert item.valid_through is None or days_of(item.occurred_at) == item.valid_through + timedelta(days=1)
            assert item.occurred_at > clock.real_now() + timedelta(days=25)
            assert item.written_at <= clock.real_now()

    def test_the_qualification_is_announced_and_ends(self, moved: Integrator) -> None:
        with worlds.of_client(moved.client_id):
            row = Qualification.objects.get(organisation_id=moved.agency_id)
            agency = Agency.objects.get(pk=moved.agency_id)
            told = Notification.objects.filter(user_id=moved.api.member_id, kind__startswith="qualification")
            days = sorted(days_of(one.created_at) for one in told)
        assert (row.state, agency.is_listed) == ("expired", False)
        assert row.expires_on
        assert len(days) > 1
        assert days[0] < row.expires_on
        assert days[-1] == row.expires_on + timedelta(days=1)

    def test_reminders_came_on_their_days(self, moved: Integrator) -> None:
        with worlds.of_client(moved.client_id):
            due = Notification.objects.filter(kind="reminder.due").order_by("created_at")
            days = [days_of(one.created_at) for one in due]
        begun = days_of(moved.begun)  # type: ignore[attr-defined]
        assert days[:2] == [begun + timedelta(days=5), begun + timedelta(days=7)]

    def test_what_nobody_answered_is_closed_after_sixty_days(self, moved: Integrator) -> None:
        with worlds.of_client(moved.client_id):
            row = Application.objects.get(pk=moved.silent)  # type: ignore[attr-defined]
        assert (row.state, row.rejection_reason) == ("rejected", "unanswered")
        after = days_of(row.state_changed_at) - days_of(row.submitted_at)
        assert timedelta(days=60) <= after <= timedelta(days=62)

    def test_events_and_the_audit_log_have_the_moved_times(self, moved: Integrator) -> None:
        expired = EventRecord.objects.get(test_client_id=moved.client_id, name="PostingsExpired")
        lines = AuditEntry.objects.filter(action="posting.expire").order_by("id")
        assert days_of(expired.occurred_at) == days_of(moved.begun) + timedelta(days=31)  # type: ignore[attr-defined]
        assert {days_of(one.occurred_at) for one in lines} == {days_of(expired.occurred_at)}
        assert all(one.detail["test"] is True for one in lines)

    def test_deliveries_and_rate_limits_have_the_real_time(self, moved: Integrator) -> None:
        assert not EventDelivery.objects.filter(delivered_at__gt=clock.real_now()).exists()
        with worlds.of_client(moved.client_id):
            rate_limits.hit("trap", limit=1, seconds=60)
        assert RateCounter.objects.get(key="trap").expires_at < clock.real_now() + timedelta(minutes=3)

    def test_credentials_keep_their_real_lifetime(self, moved: Integrator) -> None:
        clients_queries.forget_callers()
        assert moved.api.get("/agency/jobs").status_code == 200

    def test_nothing_live_moved(self, moved: Integrator, live: Any) -> None:
        live.refresh_from_db()
        assert live.state == "published"
        assert Agency.objects.get(pk=live.agency_id).is_listed
        assert Qualification.objects.get(organisation_id=live.agency_id).state == "approved"
        assert not Notification.objects.exists()
        assert clock.now() - datetime.now(UTC) < timedelta(seconds=1)
        in_live = EventRecord.objects.filter(test_client_id=None)
        assert not in_live.filter(occurred_at__gt=clock.real_now()).exists()

    def test_publishing_is_refused_until_the_agency_is_verified_again(self, moved: Integrator) -> None:
        with worlds.of_client(moved.client_id):
            standing = organisation_queries.standing(moved.agency_id)
        assert not standing.may_publish
        assert "重新核验" in standing.reason

    def test_a_reset_brings_the_real_time_and_open_postings_back(self, moved: Integrator) -> None:
        moved.api.post("/test/reset")
        assert moved.ahead() == 0
        assert {one["state"] for one in moved.jobs()} == {"published"}


def test_live_clients_have_no_clock_to_move() -> None:
    live = clients.caller()
    assert live.post("/test/clock", {"by": "P1D"}).json()["code"] == "test_mode_only"
