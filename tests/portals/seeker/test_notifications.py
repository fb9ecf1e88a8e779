"""The seeker's notification centre, through HTTP."""

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.kernel.actor import Actor
from jiuye.notifications.actions import Side, notify
from jiuye.notifications.models import Notification
from tests.factories.accounts import browser, seeker

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin() -> User:
    return seeker()


@pytest.fixture
def client(lin: User) -> Client:
    return browser(lin)


def tell(user: User, number: int = 1, link: str = "/me/saved", side: Side | None = None) -> Notification:
    """A message in somebody's centre."""
    notify(
        Actor.system(),
        user_ids=[user.pk],
        kind="seeker.view",
        title=f"第{number:02d}条消息",
        body="正文",
        link=link,
        dedupe_key=f"test:{user.pk}:{number}",
        side=side,
    )
    return Notification.objects.get(dedupe_key=f"test:{user.pk}:{number}:{user.pk}")


def test_a_stranger_is_asked_to_sign_in_and_led_back() -> None:
    assert Client().get("/me/notifications").headers["Location"] == "/login?next=%2Fme%2Fnotifications"


def test_an_empty_centre_says_what_will_come(client: Client) -> None:
    assert "还没有消息" in client.get("/me/notifications").content.decode()


def test_looking_at_the_list_reads_nothing(client: Client, lin: User) -> None:
    tell(lin)
    assert "第01条消息" in client.get("/me/notifications").content.decode()
    assert Notification.objects.filter(read_at=None).count() == 1


def test_opening_a_message_reads_it_and_leads_on(client: Client, lin: User) -> None:
    message = tell(lin)
    for _ in range(2):
        answer = client.post(f"/me/notifications/{message.id}")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/me/saved")
    assert Notification.objects.filter(read_at=None).count() == 0


def test_a_get_does_not_read(client: Client, lin: User) -> None:
    assert client.get(f"/me/notifications/{tell(lin).id}").status_code == 405


def test_all_can_be_read_at_once(client: Client, lin: User) -> None:
    for number in range(3):
        tell(lin, number)
    theirs = tell(seeker("别人"))
    assert client.post("/me/notifications/read").status_code == 302
    assert list(Notification.objects.filter(read_at=None)) == [theirs]


def test_the_unread_can_be_listed_alone(client: Client, lin: User) -> None:
    client.post(f"/me/notifications/{tell(lin, 1).id}")
    tell(lin, 2)
    page = client.get("/me/notifications?unread=1").content.decode()
    assert "第02条消息" in page
    assert "第01条消息" not in page


def test_foreign_messages_look_like_absent_ones(client: Client) -> None:
    theirs = tell(seeker("别人"))
    for message_id in (theirs.id, uuid4()):
        assert client.post(f"/me/notifications/{message_id}").status_code == 404
    assert Notification.objects.filter(read_at=None).count() == 1


def test_what_one_is_told_as_staff_is_not_in_the_seekers_centre(client: Client, lin: User) -> None:
    message = tell(lin, side=Side("agency", uuid4()))
    assert "第01条消息" not in client.get("/me/notifications").content.decode()
    assert client.post(f"/me/notifications/{message.id}").status_code == 404


def test_every_message_comes_once_in_pages_of_few_queries(
    client: Client, lin: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(45):
        tell(lin, number)
    seen: list[int] = []
    address = "/me/notifications"
    for _ in range(3):
        with django_assert_max_num_queries(4):
            page = client.get(address).content.decode()
        seen += [number for number in range(44, -1, -1) if f"第{number:02d}条消息" in page]
        if 'rel="next"' in page:
            address = "/me/notifications" + page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert seen == list(range(44, -1, -1))
