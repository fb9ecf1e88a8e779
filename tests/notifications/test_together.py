"""What somebody does again and again to one thing is one message to each who is told of it, with the newest text."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from jiuye.domains.fairs.events import FairMoved
from jiuye.domains.organisations.events import MembershipChanged
from jiuye.domains.reviews import actions as reviews
from jiuye.kernel import clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import EventDelivery
from jiuye.notifications.models import Notification
from tests.factories import accounts, many
from tests.factories import reviews as make
from tests.factories.cast import Cast
from tests.notifications.test_delivery import deliver

pytestmark = pytest.mark.django_db
TIMES = 20


@pytest.fixture
def cast() -> Cast:
    return make.cast_after()


def edits(cast: Cast, number: int) -> None:
    reviews.review_shop(cast.lin, agency_id=cast.agency.id, stars=number % 5 + 1, text=f"第 {number} 次修改。")


def deletions(cast: Cast, number: int) -> None:
    edits(cast, number)
    reviews.delete_review(cast.lin, agency_id=cast.agency.id)


def replies(cast: Cast, number: int) -> None:
    edits(cast, number)
    [review] = reviews.ShopReview.objects.all()
    reviews.reply_to_review(cast.zhou, review_id=review.id, text=f"谢谢您的第 {number} 条意见。")
    reviews.delete_review(cast.lin, agency_id=cast.agency.id)


def roles(cast: Cast, number: int) -> None:
    role = "viewer" if number % 2 else "recruiter"
    change = MembershipChanged(cast.agency.id, "agency", cast.lin.person, role)
    events.publish(Actor.system(), change)


def moves(cast: Cast, number: int) -> None:
    [interest] = many.FairInterest.objects.all() or _registered(cast)
    was, now = f"{number}月1日 9:00", f"{number + 1}月1日 9:00"
    events.publish(cast.zhou, FairMoved(interest.fair_id, cast.agency.id, "春季招聘会", was, now, is_soon=False))


def _registered(cast: Cast):  # type: ignore[no-untyped-def]
    [fair] = many.fairs(1)
    return [many.FairInterest.objects.create(fair=fair, person_id=cast.lin.person, created_at=clock.now())]


@pytest.mark.parametrize("again", [edits, deletions, replies, roles, moves], ids=lambda one: one.__name__)
def test_twenty_times_are_one_message_for_each(cast: Cast, again: Callable[[Cast, int], None]) -> None:
    Notification.objects.all().delete()
    start = clock.now().replace(hour=1, minute=0)  # of one window
    for number in range(TIMES):
        with clock.frozen(start + timedelta(minutes=number)):
            again(cast, number)
    deliver()

    rows = Notification.objects.exclude(kind__startswith="seeker.").exclude(kind__startswith="agency.")
    told = [(row.user_id, row.kind) for row in rows]
    assert told
    assert max(told.count(one) for one in told) == 1
    assert max(row.created_at for row in rows) == start + timedelta(minutes=TIMES - 1)


def test_the_newest_text_is_shown_and_unread_again(cast: Cast) -> None:
    start = clock.now().replace(hour=1, minute=0)
    with clock.frozen(start):
        edits(cast, 0)
    deliver()
    mine = Notification.objects.filter(user_id=cast.zhou.person, kind__startswith="review.")
    mine.update(read_at=clock.now())
    with clock.frozen(start + timedelta(minutes=5)):
        edits(cast, 3)
    deliver()
    [row] = mine
    assert (row.read_at, row.kind) == (None, "review.edited")
    assert "4 星" in row.title


def test_an_event_delivered_again_does_not_make_it_unread(cast: Cast) -> None:
    edits(cast, 0)
    deliver()
    mine = Notification.objects.filter(user_id=cast.zhou.person, kind__startswith="review.")
    mine.update(read_at=clock.now())
    EventDelivery.objects.all().delete()
    deliver()
    [row] = mine
    assert row.read_at is not None


def test_two_peoples_reviews_are_two_messages(cast: Cast) -> None:
    edits(cast, 0)
    for person in (accounts.actor(accounts.seeker()), accounts.actor(accounts.seeker())):
        review = make.review(cast.agency)
        events.publish(person, reviews.ShopReviewed(review.id, cast.agency.id, 5, is_edited=False))
    deliver()
    assert Notification.objects.filter(user_id=cast.zhou.person, kind__startswith="review.").count() == 3
