"""What a client has used, and what it did."""

from collections.abc import Mapping
from datetime import timedelta
from threading import Event
from typing import Any
from uuid import UUID

import pytest

from jiuye.api import usage
from jiuye.domains.clients import actions
from jiuye.domains.clients.actions import Counted
from jiuye.domains.clients.models import UsageCount
from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.clients.states import Scope
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from jiuye.kernel.token_buckets import Allowance, TokenBuckets
from tests.factories import clients
from tests.factories.clients import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    forget_callers()
    usage.counter.store()
    UsageCount.objects.all().delete()


def entry(caller: Caller, action: str, **detail: Any) -> None:
    actor = Actor(caller.member_id, caller.agency.id, "agency", "owner", "203.0.113.5", client_id=caller.client_id)
    audit.record(actor, action, new_id(), **detail)


def stored() -> dict[tuple[str, int], int]:
    usage.counter.store()
    return {(one.operation, one.status): one.count for one in UsageCount.objects.all()}


def test_requests_are_counted_by_operation_and_status_also_refused_ones() -> None:
    caller = clients.caller(scopes=[Scope.JOBS_READ])
    for _ in range(2):
        caller.get("/agency/jobs")
    caller.get("/agency/usage")
    assert not UsageCount.objects.exists()  # no write a request
    assert stored() == {("listAgencyJobs", 200): 2, ("getUsage", 403): 1}
    caller.get("/agency/jobs")
    assert stored()["listAgencyJobs", 200] == 3


def test_requests_over_the_limit_and_our_own_failures_are_counted_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    caller = clients.caller()
    with monkeypatch.context() as patch:
        patch.setattr(TokenBuckets, "take", lambda self, key, policy: Allowance(policy, 0, 5, retry_after=5))
        assert caller.get("/agency/jobs").status_code == 429
    usage.counter.count(caller.client_id, "listAgencyJobs", 503)
    usage.counter.store()
    told = caller.get("/agency/usage").json()["total"]
    assert [told[name] for name in ("done", "refused", "limited", "failed")] == [0, 0, 1, 1]


def test_the_counts_of_a_client_that_is_gone_are_dropped() -> None:
    caller = clients.caller()
    usage.counter.count(new_id(), "listAgencyJobs", 200)
    usage.counter.count(caller.client_id, "listAgencyJobs", 200)
    assert stored() == {("listAgencyJobs", 200): 1}


def test_what_could_not_be_stored_is_stored_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    caller = clients.caller()
    usage.counter.count(caller.client_id, "listAgencyJobs", 200)
    with monkeypatch.context() as patch:
        patch.setattr(actions, "add_usage", lambda counts: 1 / 0)
        assert stored() == {}
    assert stored() == {("listAgencyJobs", 200): 1}


def test_a_counter_stores_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    done = Event()
    kept: list[int] = []

    def add(counts: Mapping[Counted, int]) -> None:
        kept.extend(counts.values())
        done.set()

    monkeypatch.setattr(actions, "add_usage", add)
    monkeypatch.setattr(usage, "connection", type("Nothing", (), {"close": lambda: None}))
    usage.UsageCounter(0.01).count(new_id(), "listAgencyJobs", 200)
    assert done.wait(10)
    assert kept == [1]


def test_usage_has_thirty_days_and_nothing_of_other_clients() -> None:
    caller, other = clients.caller(), clients.caller()
    now = clock.real_now()
    for days, client in ((0, caller), (29, caller), (30, caller), (0, other)):
        with clock.frozen(now - timedelta(days=days)):
            usage.counter.count(client.client_id, "listAgencyJobs", 200)
    usage.counter.store()
    told = caller.get("/agency/usage").json()
    assert len(told["days"]) == 30
    assert [told["days"][at]["done"] for at in (0, -1)] == [1, 1]
    assert told["operations"] == [
        {
            "operation_id": "listAgencyJobs",
            "statuses": [{"status": 200, "count": 2}],
            "total": 2,
            "done": 2,
            "refused": 0,
            "limited": 0,
            "failed": 0,
        }
    ]


def test_old_counts_are_deleted() -> None:
    caller = clients.caller()
    for days in (90, 100):
        with clock.frozen(clock.real_now() - timedelta(days=days)):
            usage.counter.count(caller.client_id, "listAgencyJobs", 200)
    usage.counter.store()
    actions.forget_expired(Actor.system())
    assert UsageCount.objects.count() == 1


def test_the_audit_shows_what_this_client_did_newest_first_to_the_end() -> None:
    caller, other = clients.caller(), clients.caller()
    for number in range(7):
        entry(caller, "posting.publish", number=number)
    entry(other, "posting.withdraw")
    audit.record(Actor(caller.member_id, caller.agency.id, "agency", "owner"), "posting.fill")
    seen, cursor = [], ""
    while True:
        page = caller.get("/agency/audit", size=3, cursor=cursor).json()
        seen += page["items"]
        if not (cursor := page["next_cursor"]):
            break
    assert [one["detail"] for one in seen] == [{"number": number} for number in reversed(range(7))]
    assert {one["action"] for one in seen} == {"posting.publish"}
    assert UUID(seen[0]["on_behalf_of"]) == caller.member_id
    assert seen[0]["ip"] == "203.0.113.5"


def test_without_the_scope_neither_is_shown() -> None:
    caller = clients.caller(scopes=[Scope.JOBS_READ])
    assert [caller.get(f"/agency/{one}").status_code for one in ("usage", "audit")] == [403, 403]
