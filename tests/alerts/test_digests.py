"""Alerts: at the chosen time, once, in one message, with a link to stop them."""

from datetime import UTC, datetime, timedelta

import pytest

from jiuye.alerts import actions
from jiuye.alerts.digests import tell_due
from jiuye.alerts.matching import match_new
from jiuye.alerts.models import Finding, SavedSearch
from jiuye.alerts.schedule import next_time
from jiuye.domains.accounts.models import User
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.notifications.kinds import Way
from jiuye.notifications.models import Notification, NotificationPreference, TextMessage
from jiuye.notifications.preferences import set_switch
from jiuye.ports.search import SearchQuery
from tests.factories.accounts import actor, seeker
from tests.factories.alerts import comes_in, saved_search, start_matching

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]
# A Monday, 8:00 in Shanghai.
MONDAY = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)


@pytest.fixture
def lin() -> User:
    return seeker()


def a_day_goes_by(owner: User, *, titles: tuple[str, ...] = ("焊工",)) -> None:
    """Postings that match a search arrive at eight; then it is nine."""
    with clock.frozen(MONDAY):
        start_matching()
        for title in titles:
            comes_in(title=title)
    with clock.frozen(MONDAY + timedelta(minutes=5)):
        match_new()
    with clock.frozen(MONDAY + timedelta(hours=1)):
        tell_due()


def test_the_morning_brings_one_message_about_all_searches(lin: User) -> None:
    with clock.frozen(MONDAY):
        saved_search(lin, SearchQuery(q="焊工"), name="焊工")
        saved_search(lin, SearchQuery(q="电工"), name="电工")
    a_day_goes_by(lin, titles=("焊工", "电焊工", "电工"))

    message = Notification.objects.get()
    assert message.user_id == lin.pk
    assert message.title == "您订阅的搜索有 3 个新职位"
    assert "“焊工”2 个" in message.body
    assert "“电工”1 个" in message.body
    assert message.link == "/me/searches"


def test_nobody_is_told_twice_of_the_same_postings(lin: User) -> None:
    with clock.frozen(MONDAY):
        saved_search(lin, SearchQuery(q="焊工"))
    a_day_goes_by(lin)
    with clock.frozen(MONDAY + timedelta(days=1, hours=1)):
        assert tell_due() == 0
    assert Notification.objects.count() == 1
    assert Finding.objects.filter(told_at=None).count() == 0


def test_a_weekly_search_waits_for_monday(lin: User) -> None:
    with clock.frozen(MONDAY + timedelta(hours=2)):
        saved_search(lin, SearchQuery(q="焊工"), frequency="weekly")
    a_day_goes_by(lin)
    assert not Notification.objects.exists()
    with clock.frozen(MONDAY + timedelta(days=7, hours=1)):
        assert tell_due() == 1


def test_by_text_message_only_who_asked_for_it_and_without_the_search_in_the_clear(lin: User) -> None:
    other = seeker("何安")
    with clock.frozen(MONDAY):
        saved_search(lin, SearchQuery(q="焊工"), name="离家近的焊工", by_sms=True)
        saved_search(other, SearchQuery(q="焊工"))
    a_day_goes_by(lin)

    message = TextMessage.objects.get()
    assert message.user_id == lin.pk
    assert message.params["count"] == "1"
    assert "离家近的焊工" not in str(message.params)


def test_one_text_message_a_day_is_the_most(lin: User) -> None:
    with clock.frozen(MONDAY):
        start_matching()
        saved_search(lin, SearchQuery(q="焊工"), frequency="soon", by_sms=True)
    for hour in range(1, 6):
        with clock.frozen(MONDAY + timedelta(hours=hour)):
            comes_in(title="焊工")
        with clock.frozen(MONDAY + timedelta(hours=hour, minutes=10)):
            match_new()
            tell_due()
    assert Notification.objects.count() == 5
    assert TextMessage.objects.count() == 1


def test_the_link_in_the_message_stops_everything_without_signing_in(lin: User) -> None:
    with clock.frozen(MONDAY):
        saved_search(lin, SearchQuery(q="焊工"), by_sms=True)
    a_day_goes_by(lin)
    token = TextMessage.objects.get().params["link"].rpartition("/")[2]

    assert actions.stop_all(Actor.anonymous(), token=token) == 1

    row = SavedSearch.objects.get()
    assert (row.frequency, row.by_sms, row.next_tell_at) == ("never", False, None)
    assert NotificationPreference.objects.get(user=lin).off == ["jobs:sms"]


def test_who_asks_for_text_messages_again_gets_them(lin: User) -> None:
    with clock.frozen(MONDAY):
        actions.stop_all(Actor.anonymous(), token=actions.stopping_token(lin.pk))
        actions.save_search(actor(lin), query=SearchQuery(q="焊工"), name="焊工", frequency="daily", by_sms=True)
    a_day_goes_by(lin)
    assert TextMessage.objects.filter(user=lin).count() == 1


def test_alerts_switched_off_in_the_centre_are_not_told_there(lin: User) -> None:
    with clock.frozen(MONDAY):
        saved_search(lin, SearchQuery(q="焊工"), by_sms=True)
        set_switch(actor(lin), person_id=lin.pk, group="jobs", way=Way.CENTRE, is_on=False)
    a_day_goes_by(lin)
    assert (Notification.objects.count(), TextMessage.objects.count()) == (0, 1)


@pytest.mark.parametrize("token", ["", "x", "0196f00000007000800000000000000a:abc"])
def test_a_link_that_is_not_ours_stops_nobody(lin: User, token: str) -> None:
    saved_search(lin, SearchQuery(q="焊工"))
    with pytest.raises(NotFound):
        actions.stop_all(Actor.anonymous(), token=token)
    assert SavedSearch.objects.get().frequency == "daily"


@pytest.mark.parametrize(
    ("frequency", "after", "then"),
    [
        ("soon", MONDAY, MONDAY + timedelta(hours=1)),
        ("daily", MONDAY, MONDAY + timedelta(hours=1)),
        ("daily", MONDAY + timedelta(hours=1), MONDAY + timedelta(days=1, hours=1)),
        ("weekly", MONDAY, MONDAY + timedelta(hours=1)),
        ("weekly", MONDAY + timedelta(hours=1), MONDAY + timedelta(days=7, hours=1)),
        ("weekly", MONDAY + timedelta(days=3), MONDAY + timedelta(days=7, hours=1)),
        ("never", MONDAY, None),
    ],
)
def test_the_next_time_is_in_the_morning_of_shanghai(frequency: str, after: datetime, then: datetime | None) -> None:
    assert next_time(frequency, after) == then
