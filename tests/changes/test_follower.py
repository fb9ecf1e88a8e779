"""The feed follows events without their delivery jobs, and the jobs find what was missed."""

import pytest

from jiuye.changes import follower, handlers
from jiuye.domains.jobs import actions as jobs
from jiuye.kernel import events
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import EventDelivery, EventRecord
from jiuye.worker.handlers import HANDLERS
from tests.changes.conftest import Feed
from tests.factories import organisations
from tests.factories.jobs import draft

pytestmark = pytest.mark.django_db


def published() -> None:
    agency = organisations.agency()
    owner = Actor(organisations.member(agency).person, agency.pk, "agency", "owner")
    jobs.publish_posting(owner, posting_id=draft(agency).pk)


def test_a_change_is_written_without_the_queue(feed: Feed) -> None:
    published()
    assert follower.follow() == 1
    assert feed.told() == [("upsert", "")]
    assert follower.follow() == 0


def test_the_delivery_skips_what_was_followed(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    published()
    follower.follow()
    monkeypatch.setattr(handlers, "request", lambda *given: pytest.fail("it was noted again"))
    feed.deliver()
    assert EventDelivery.objects.filter(handler="jiuye.changes.handlers.note").count() == 1


def test_what_was_missed_is_delivered(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "RECENT", -1.0)  # nothing is recent, not even this millisecond
    published()
    assert follower.follow() == 0
    feed.deliver()
    assert feed.told() == [("upsert", "")]


def test_every_followed_event_is_delivered_to_the_feed_and_no_other() -> None:
    assert {name for name, given in HANDLERS.items() if handlers.note in given} == set(handlers.FOLLOWED)


def test_events_of_other_kinds_are_left_alone(feed: Feed) -> None:
    published()
    follower.follow()
    others = EventRecord.objects.exclude(name__in=handlers.FOLLOWED)
    assert not EventDelivery.objects.filter(event__in=others).exists()
