"""GET /changes: pages in order, positions, who reads what."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.changes import handlers, repair, waiting, writer
from jiuye.changes.models import FeedItem, FeedMark
from jiuye.domains.accounts.models import Consent, User
from jiuye.domains.applications.models import Application
from jiuye.domains.clients.states import Scope
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel import clock
from jiuye.kernel.write_guard import writes_allowed
from tests.changes.conftest import Feed
from tests.factories import clients, many
from tests.factories.cast import Cast, assemble
from tests.factories.jobs import posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def read(status: int = 200, **query: Any) -> Any:
    answer = Client().get("/api/v1/changes", query)
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def read_on(after: str = "", limit: int = 100) -> tuple[list[Any], str]:
    """Everything from a position to the end, and where it ends."""
    items = []
    for _ in range(10_000):
        page = read(limit=limit, **({"after": after} if after else {}))
        items += page["items"]
        after = page["next"]
        if not page["has_more"]:
            return items, after
    raise AssertionError("the reader does not come to an end")


def test_without_a_position_everything_public_is_read(feed: Feed) -> None:
    one = posting(title="氩弧焊工")
    feed.write(one)
    page = read()
    (item,) = page["items"]
    job = Client().get(f"/api/v1/jobs/{one.pk}").json()
    assert (item["kind"], item["change"], item["id"], item["job"]) == ("job", "upsert", str(one.pk), job)
    assert (page["has_more"], item["reason"], item["application"]) == (False, "", None)


def test_from_now_on_only_later_changes_are_read(feed: Feed) -> None:
    feed.write(posting())
    start = read(after="now")
    assert start["items"] == []
    later = posting()
    feed.write(later)
    assert [one["id"] for one in read(after=start["next"])["items"]] == [str(later.pk)]


def test_a_reader_can_continue_after_each_item(feed: Feed) -> None:
    feed.write(*[posting() for _ in range(3)])
    ids = [one["id"] for one in read()["items"]]
    for number, item in enumerate(read()["items"]):
        assert [one["id"] for one in read(after=item["position"])["items"]] == ids[number + 1 :]


def test_2500_postings_changed_at_once_are_all_read_and_50_again(feed: Feed) -> None:
    """Trap 2.3: many equal times, and changes while reading."""
    first = posting()
    rows = [first, *many.alike(first, 2499, title=lambda n: f"第{n}号装配工")]
    moment = clock.now()
    with clock.frozen(moment):
        JobPosting.objects.update(updated_at=moment)
        feed.write(*rows)
    seen: dict[str, str] = {}
    order: list[str] = []
    after, changed = "", rows[100:2500:48]
    assert len(changed) == 50
    for number in range(10_000):
        page = read(limit=100, **({"after": after} if after else {}))
        for item in page["items"]:
            seen[item["id"]] = item["job"]["title"]
            order.append(item["id"])
        after = page["next"]
        if number == 10:
            JobPosting.objects.filter(pk__in=[one.pk for one in changed]).update(title="新的标题", version=2)
            feed.write(*changed)
        if not page["has_more"]:
            break
    assert set(seen) == {str(one.pk) for one in rows}
    assert {one for one, title in seen.items() if title == "新的标题"} == {str(one.pk) for one in changed}
    assert set(order[-50:]) == {str(one.pk) for one in changed}
    assert read(after=after)["items"] == []


def test_a_first_reading_survives_the_deletion_of_older_tombstones(feed: Feed) -> None:
    kept, gone, other = posting(), posting(), posting()
    feed.write(kept, gone, other)
    JobPosting.objects.filter(pk=gone.pk).update(state="withdrawn")
    feed.write(gone)
    with clock.frozen(clock.now() + timedelta(days=31)):
        repair.forget_old_tombstones()
        page = read(limit=1)
        rest, _ = read_on(page["next"], limit=1)
    assert [page["items"][0]["id"], rest[0]["id"]] == [str(kept.pk), str(other.pk)]


def test_a_reader_that_was_away_too_long_is_told_to_take_a_snapshot(feed: Feed) -> None:
    one = posting()
    feed.write(one, posting())
    _, after = read_on()
    feed.write(posting())
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        JobPosting.objects.filter(pk=one.pk).update(state="withdrawn")
        feed.write(one)
    with clock.frozen(clock.now() + timedelta(days=31)):
        repair.forget_old_tombstones()
        problem = read(410, after=after)
    assert problem["code"] == "position_expired"
    assert "/api/v1/snapshots/latest" in problem["detail"]
    answer = Client().get("/api/v1/changes", {"after": after})
    assert answer.headers["Link"] == '</api/v1/snapshots/latest>; rel="alternate"'


def test_a_quiet_reader_stays_at_the_end_of_the_feed(feed: Feed) -> None:
    """Changes that it does not read must not make its position old."""
    one = posting()
    feed.write(one)
    after = read(after="now", kinds="employer")["next"]
    JobPosting.objects.filter(pk=one.pk).update(state="withdrawn")
    feed.write(one)
    after = read(after=after, kinds="employer")["next"]
    with clock.frozen(clock.now() + timedelta(days=31)):
        repair.forget_old_tombstones()
        assert read(after=after, kinds="employer")["items"] == []


@pytest.mark.parametrize("after", ["x", "AAAA", "中文", "a" * 200, "-1", "0", "==="])
def test_a_position_that_is_none_of_ours_is_refused(after: str) -> None:
    problem = read(422, after=after)
    assert problem["errors"][0]["field"] == "after"


def test_a_position_that_was_cut_or_altered_is_refused(feed: Feed) -> None:
    feed.write(posting())
    after = read()["next"]
    altered = ("A" if after[10] != "A" else "B").join((after[:10], after[11:]))
    for one in (after[:-1], after[:20], altered, after + "A"):
        read(422, after=one)


def test_a_position_of_a_database_that_was_restored_is_expired(feed: Feed) -> None:
    feed.write(posting(), posting())
    _, after = read_on()
    FeedItem.objects.all().delete()
    FeedMark.objects.update(position=1)
    assert read(410, after=after)["code"] == "position_expired"


def test_unknown_kinds_are_refused() -> None:
    assert read(422, kinds="jobs")["errors"][0]["field"] == "kinds"
    assert read(401, kinds="application")["code"] == "credential_required"


def test_an_unchanged_feed_costs_one_query(feed: Feed, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    feed.write(posting())
    _, after = read_on()
    with django_assert_num_queries(1):
        read(after=after)


def test_a_page_costs_the_same_however_long(feed: Feed, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    feed.write(*[posting() for _ in range(20)])
    for limit in (1, 20):
        with django_assert_num_queries(2):
            read(limit=limit)


def test_waiting_ends_with_the_first_change(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_EVERY", 0.01)
    after = read(after="now")["next"]
    one = posting()
    sleep = waiting.time.sleep

    def change_meanwhile(seconds: float) -> None:
        sleep(seconds)
        with writes_allowed():
            feed.write(one)

    monkeypatch.setattr(waiting.time, "sleep", change_meanwhile)
    assert [item["id"] for item in read(after=after, wait=30)["items"]] == [str(one.pk)]


def test_waiting_ends_without_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_EVERY", 0.01)
    page = read(after="now", wait=1)
    assert (page["items"], page["has_more"]) == ([], False)


def test_further_waiters_are_answered_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting.time, "sleep", lambda seconds: pytest.fail("it waited"))
    taken = [waiting._slots.acquire(blocking=False) for _ in range(waiting.MOST_WAITING)]
    try:
        assert all(taken)
        assert read(after="now", wait=30)["items"] == []
    finally:
        for _ in taken:
            waiting._slots.release()


def applied(cast: Cast) -> tuple[clients.Caller, Application]:
    """An application to the agency of the cast, and a client of that agency."""
    many.sent_applications(cast, 1)
    application = Application.objects.get()
    handlers.request("application", [application.pk])
    writer.drain()
    return clients.caller(cast.agency), application


def test_an_agency_reads_its_own_applications(cast: Cast) -> None:
    caller, application = applied(cast)
    items = caller.get("/changes").json()["items"]
    (item,) = (one for one in items if one["kind"] == "application")
    assert item["application"] == {
        "id": str(application.pk), "job_id": str(application.posting_id), "state": application.state,
        "state_name": "已投递", "changed_at": item["application"]["changed_at"],
    }  # fmt: skip
    assert [one["kind"] for one in caller.get("/changes", kinds="application").json()["items"]] == ["application"]


def test_nobody_else_reads_them(cast: Cast) -> None:
    applied(cast)
    others = clients.caller().get("/changes").json()["items"]
    assert all(one["kind"] != "application" for one in [*others, *read()["items"]])


def test_without_the_scope_of_applications_there_are_none(cast: Cast) -> None:
    applied(cast)
    caller = clients.caller(cast.agency, scopes=[Scope.CHANGES_READ])
    assert all(one["kind"] != "application" for one in caller.get("/changes").json()["items"])
    assert caller.get("/changes", kinds="application").json()["code"] == "insufficient_scope"


def test_a_client_needs_the_scope_of_changes() -> None:
    assert clients.caller(scopes=[Scope.JOBS_READ]).get("/changes").status_code == 403


def test_kinds_may_be_named_later_without_missing_anything(cast: Cast) -> None:
    caller, application = applied(cast)
    after = caller.get("/changes", kinds="job,employer").json()["next"]
    items = caller.get("/changes", after=after).json()["items"]
    assert [one["id"] for one in items] == [str(application.pk)]


def test_a_position_with_applications_is_no_use_to_another_agency(cast: Cast) -> None:
    caller, _ = applied(cast)
    after = caller.get("/changes").json()["next"]
    assert caller.get("/changes", after=after).status_code == 200
    assert clients.caller().get("/changes", after=after).status_code == 422


@pytest.mark.parametrize("reason", ["erased", "consent_withdrawn"])
def test_an_application_that_must_be_deleted_leaves_a_tombstone(cast: Cast, reason: str) -> None:
    caller, application = applied(cast)
    after = caller.get("/changes").json()["next"]
    if reason == "erased":
        User.objects.filter(pk=application.applicant_id).update(phone="", phone_index=None, erased_at=clock.now())
    else:
        Consent.objects.filter(pk=application.consent_id).update(withdrawn_at=clock.now())
    handlers.request("application", [application.pk])
    writer.drain()
    (item,) = caller.get("/changes", after=after).json()["items"]
    assert (item["change"], item["reason"], item["application"]) == ("tombstone", reason, None)
