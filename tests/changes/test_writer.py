"""The writer: each object once, at the position of its last change; positions in the order of commit, without gaps."""

from datetime import timedelta
from typing import Any

import orjson
import pytest

from jiuye.changes import handlers, repair, writer
from jiuye.changes.models import FeedItem, FeedMark, PendingItem
from jiuye.domains.jobs import actions as jobs
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Agency
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from tests.changes.conftest import Feed
from tests.factories import organisations
from tests.factories.jobs import draft, posting, yesterday

pytestmark = pytest.mark.django_db


def test_a_published_posting_appears_with_its_public_content(feed: Feed) -> None:
    one = posting(title="氩弧焊工")
    assert feed.write(one) == 1
    (item,) = feed.items()
    assert (item.object_id, item.change, item.position) == (one.pk, "upsert", 1)
    body = orjson.loads(item.body)
    assert (body["id"], body["title"], body["agency"]["id"]) == (str(one.pk), "氩弧焊工", str(one.agency_id))
    assert not PendingItem.objects.exists()


def test_positions_have_no_gaps(feed: Feed) -> None:
    feed.write(*[posting() for _ in range(3)])
    feed.write(draft(organisations.agency()), posting())
    assert [one.position for one in feed.items()] == [1, 2, 3, 4]
    assert FeedMark.objects.get().position == 4


def test_a_further_change_moves_a_posting_to_the_end_of_the_feed(feed: Feed) -> None:
    first, second = posting(title="焊工"), posting(title="钳工")
    feed.write(first, second)
    JobPosting.objects.filter(pk=first.pk).update(title="车工", version=2)
    feed.write(first)
    assert [(one.object_id, one.position) for one in feed.items()] == [(second.pk, 2), (first.pk, 3)]
    assert orjson.loads(feed.items()[1].body)["title"] == "车工"


def test_what_did_not_change_keeps_its_position(feed: Feed) -> None:
    one = posting()
    feed.write(one)
    feed.write(one)
    assert [item.position for item in feed.items()] == [1]


def test_a_posting_that_never_was_public_leaves_no_trace(feed: Feed) -> None:
    feed.write(draft(organisations.agency()), posting(organisations.agency(is_listed=False)))
    assert feed.items() == []


@pytest.mark.parametrize("state", ["withdrawn", "expired", "banned", "rejected", "under_review"])
def test_a_closed_posting_leaves_a_tombstone_with_its_reason(feed: Feed, state: str) -> None:
    one = posting()
    feed.write(one)
    JobPosting.objects.filter(pk=one.pk).update(state=state, version=2)
    feed.write(one)
    (item,) = feed.items()
    assert (item.change, item.reason, item.body) == ("tombstone", state, "")


def test_a_filled_posting_says_so(feed: Feed) -> None:
    one = posting()
    feed.write(one)
    JobPosting.objects.filter(pk=one.pk).update(
        state="withdrawn", closing_reason="filled", hired_here=2, hired_elsewhere=0
    )
    feed.write(one)
    assert feed.told() == [("tombstone", "filled")]


def test_a_posting_of_a_closed_shop_is_hidden_and_returns(feed: Feed) -> None:
    one = posting()
    feed.write(one)
    Agency.objects.filter(pk=one.agency_id).update(is_listed=False)
    feed.write(one)
    assert feed.told() == [("tombstone", "hidden")]
    Agency.objects.filter(pk=one.agency_id).update(is_listed=True)
    feed.write(one)
    assert feed.told() == [("upsert", "")]


def test_a_deleted_posting_is_erased(feed: Feed) -> None:
    one = posting()
    feed.write(one)
    JobPosting.objects.filter(pk=one.pk).delete()
    feed.write(one)
    assert feed.told() == [("tombstone", "erased")]


def test_a_tombstone_is_written_once(feed: Feed) -> None:
    one = posting()
    feed.write(one)
    for state in ("withdrawn", "banned"):
        JobPosting.objects.filter(pk=one.pk).update(state=state)
        feed.write(one)
    assert feed.told() == [("tombstone", "withdrawn")]
    assert feed.items()[0].position == 2


def test_a_posting_past_its_last_day_leaves_without_an_event(feed: Feed) -> None:
    one = posting(valid_through=clock.today())
    feed.write(one)
    assert repair.note_expired() == 0
    midnight = clock.local(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    with clock.frozen(midnight + timedelta(seconds=20)):
        assert repair.note_expired() == 1
        writer.drain()
        (item,) = feed.items()
        assert (item.reason, item.occurred_at) == ("expired", midnight)
        assert repair.note_expired() == 0
        jobs.expire_due_postings()
        feed.deliver()
    assert feed.told() == [("tombstone", "expired")]


def test_a_change_during_the_writing_stays_pending(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    one = posting(title="焊工")
    read = writer.jobs.indexable
    reads: list[Any] = []

    def read_and_change(ids: Any) -> Any:
        found = read(ids)
        if not reads:
            JobPosting.objects.filter(pk=one.pk).update(title="钳工", version=2)
            handlers.request("job", [one.pk])
        reads.append(ids)
        return found

    monkeypatch.setattr(writer.jobs, "indexable", read_and_change)
    assert feed.write(one) == 2
    assert orjson.loads(feed.items()[0].body)["title"] == "钳工"


def test_a_killed_run_leaves_its_batch_to_the_next(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    one = posting()
    with monkeypatch.context() as broken:
        broken.setattr(writer, "_FORGET_NOTED", "BROKEN %s %s")
        with pytest.raises(Exception, match="BROKEN"):
            feed.write(one)
    assert feed.items() == []
    assert writer.drain() == 1
    assert [item.position for item in feed.items()] == [1]


def test_an_empty_feed_is_filled_from_the_postings(feed: Feed) -> None:
    posting(), posting(), posting(valid_through=yesterday()), draft(organisations.agency())
    assert repair.compare() == 2
    writer.drain()
    assert feed.told() == [("upsert", "")] * 2
    assert repair.compare() == 0


def test_what_lost_events_left_is_repaired(feed: Feed) -> None:
    kept, edited, gone = posting(), posting(), posting()
    feed.write(kept, edited, gone)
    JobPosting.objects.filter(pk=edited.pk).update(title="钳工", version=2)
    JobPosting.objects.filter(pk=gone.pk).update(state="withdrawn", version=2)
    new = posting()
    assert repair.compare() == 3
    writer.drain()
    assert {one.object_id: one.change for one in feed.items()} == {
        kept.pk: "upsert", edited.pk: "upsert", gone.pk: "tombstone", new.pk: "upsert",
    }  # fmt: skip
    assert feed.items()[0].object_id == kept.pk


def test_repairs_wait_for_changes(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_BATCH", 1)
    old, new = posting(), posting()
    repair.compare()
    feed.write(new)
    assert [one.object_id for one in feed.items()] == [new.pk, old.pk]


def test_tombstones_are_kept_for_thirty_days(feed: Feed) -> None:
    one, two = posting(), posting()
    feed.write(one, two)
    JobPosting.objects.filter(pk=one.pk).update(state="withdrawn")
    feed.write(one)
    with clock.frozen(clock.now() + timedelta(days=29)):
        assert repair.forget_old_tombstones() == 0
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert repair.forget_old_tombstones() == 1
    assert [item.object_id for item in feed.items()] == [two.pk]
    assert FeedMark.objects.get().swept == 3


def test_the_actions_of_the_agency_reach_the_feed(feed: Feed) -> None:
    agency = organisations.agency()
    owner = Actor(organisations.member(agency).person, agency.pk, "agency", "owner")
    one = draft(agency)
    jobs.publish_posting(owner, posting_id=one.pk)
    feed.deliver()
    assert feed.told() == [("upsert", "")]
    jobs.withdraw_posting(owner, posting_id=one.pk)
    feed.deliver()
    assert feed.told() == [("tombstone", "withdrawn")]
    jobs.publish_posting(owner, posting_id=one.pk)
    feed.deliver()
    assert feed.told() == [("upsert", "")]
    assert FeedItem.objects.get().position == 3
