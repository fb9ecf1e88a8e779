"""The seeker's notification centre, through HTTP; those of staff are made by the same code (`portals/centre.py`)."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.notifications.actions import Side, notify
from jiuye.notifications.models import Notification
from tests.factories.accounts import browser, seeker

pytestmark = pytest.mark.django_db
HERE = "/me/notifications"
THURSDAY = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)


@pytest.fixture
def lin() -> User:
    return seeker()


@pytest.fixture
def client(lin: User) -> Client:
    return browser(lin)


def tell(
    user: User,
    number: int = 1,
    link: str | None = None,
    side: Side | None = None,
    kind: str = "seeker.view",
    at: datetime | None = None,
) -> Notification:
    """A message in somebody's centre; each leads to a place of its own unless said."""
    notify(
        Actor.system(),
        user_ids=[user.pk],
        kind=kind,
        title=f"第{number:02d}条消息",
        body="正文",
        link=f"/me/applications/{number}" if link is None else link,
        dedupe_key=f"test:{user.pk}:{number}",
        side=side,
        at=at,
    )
    return Notification.objects.get(dedupe_key=f"test:{user.pk}:{number}:{user.pk}")


def shown(client: Client, address: str = HERE) -> str:
    return client.get(address).content.decode()


def titles(page: str) -> list[int]:
    """The numbers of the messages on a page, in order."""
    return [
        int(number)
        for number in re.findall(r"</span>第(\d\d)条消息</span>|<span class=\"message-title\">第(\d\d)条", page)
        for number in number
        if number
    ]


def unread() -> int:
    return Notification.objects.filter(read_at=None).count()


class TestTheList:
    def test_a_stranger_is_asked_to_sign_in_and_led_back(self) -> None:
        assert Client().get(HERE).headers["Location"] == "/login?next=%2Fme%2Fnotifications"

    def test_an_empty_centre_says_what_will_come(self, client: Client) -> None:
        assert "还没有消息" in shown(client)
        assert "没有未读消息" in shown(client, f"{HERE}?unread=1")
        assert "还没有“招聘会”的消息" in shown(client, f"{HERE}?group=fairs")

    def test_looking_at_it_reads_nothing(self, client: Client, lin: User) -> None:
        tell(lin)
        assert titles(shown(client)) == [1]
        assert unread() == 1

    def test_messages_lie_under_today_this_week_and_earlier(self, client: Client, lin: User) -> None:
        for number, days in enumerate((0, 2, 4)):
            tell(lin, number, at=THURSDAY - timedelta(days=days))
        with clock.frozen(THURSDAY):
            page = shown(browser(lin))
        assert re.findall(r'class="message-day-name"[^>]*>([^<]+)<', page) == ["今天", "本周", "更早"]

    def test_what_one_is_told_as_staff_is_not_in_the_seekers_centre(self, client: Client, lin: User) -> None:
        message = tell(lin, side=Side("agency", uuid4()))
        assert titles(shown(client)) == []
        assert client.post(f"{HERE}/{message.id}").status_code == 404

    def test_every_message_comes_once_in_pages_of_few_queries(
        self, client: Client, lin: User, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(45):
            tell(lin, number)
        seen: list[int] = []
        address = HERE
        for _ in range(3):
            with django_assert_max_num_queries(5):
                page = shown(client, address)
            seen += titles(page)
            if 'rel="next"' in page:
                link = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
                address = HERE + link.replace("&amp;", "&")
        assert seen == list(range(44, -1, -1))

    def test_a_page_that_has_run_empty_leads_to_the_first(self, client: Client, lin: User) -> None:
        for number in range(21):
            tell(lin, number)
        cursor = re.search(r"cursor=([^\"&]+)", shown(client))
        assert cursor
        Notification.objects.filter(title="第00条消息").update(deleted_at=clock.now())
        answer = client.get(f"{HERE}?group=progress&cursor={cursor[1]}")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{HERE}?group=progress")


class TestWhatIsAboutTheSame:
    def test_lies_under_its_newest_message_with_how_many_there_are(self, client: Client, lin: User) -> None:
        for number in range(3):
            tell(lin, number, link="/me/applications/x")
        tell(lin, 9, link="/me/saved")
        page = shown(client)
        assert titles(page) == [9, 2, 1, 0]
        assert "共 3 条，3 条未读" in page
        assert page.count('<li class="message message-unread">') == 2

    def test_only_the_newest_few_are_listed_and_the_rest_counted(self, client: Client, lin: User) -> None:
        for number in range(9):
            tell(lin, number, link="/me/searches", kind="alert.saved_search")
        page = shown(client)
        assert titles(page) == [8, 7, 6, 5, 4, 3]
        assert "更早的 3 条不再列出" in page

    def test_what_leads_nowhere_stands_alone(self, client: Client, lin: User) -> None:
        for number in range(2):
            tell(lin, number, link="")
        assert "共 2 条" not in shown(client)

    def test_folding_does_not_cost_more_queries(
        self, client: Client, lin: User, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(60):
            tell(lin, number, link=f"/me/applications/{number % 10}")
        with django_assert_max_num_queries(5):
            assert shown(client).count("共 6 条") == 10


class TestFilters:
    def test_the_unread_can_be_listed_alone(self, client: Client, lin: User) -> None:
        client.post(f"{HERE}/{tell(lin, 1).id}")
        tell(lin, 2)
        assert titles(shown(client, f"{HERE}?unread=1")) == [2]

    def test_a_group_can_be_listed_alone_and_each_says_how_many_are_unread(self, client: Client, lin: User) -> None:
        tell(lin, 1)
        tell(lin, 2, kind="seeker.invite")
        tell(lin, 3, kind="seeker.invite")
        assert titles(shown(client, f"{HERE}?group=interviews")) == [3, 2]
        assert titles(shown(client, f"{HERE}?group=progress")) == [1]
        assert re.search(r'面试与入职<span class="tab-count">2</span>', shown(client))

    def test_what_no_group_names_is_listed_with_the_account(self, client: Client, lin: User) -> None:
        tell(lin, 1, kind="export_ready")
        tell(lin, 2)
        assert titles(shown(client, f"{HERE}?group=account")) == [1]

    def test_a_group_that_there_is_not_is_no_filter(self, client: Client, lin: User) -> None:
        tell(lin)
        assert titles(shown(client, f"{HERE}?group=%01x")) == [1]


class TestReading:
    def test_opening_a_message_reads_it_and_leads_on(self, client: Client, lin: User) -> None:
        message = tell(lin, link="/me/saved")
        for _ in range(2):
            answer = client.post(f"{HERE}/{message.id}")
            assert (answer.status_code, answer.headers["Location"]) == (302, "/me/saved")
        assert unread() == 0

    def test_it_reads_what_was_told_of_the_same_before_and_nothing_later(self, client: Client, lin: User) -> None:
        first, second, third = (
            tell(lin, number, link="/me/saved", at=THURSDAY + timedelta(number)) for number in range(3)
        )
        client.post(f"{HERE}/{second.id}")
        assert list(Notification.objects.filter(read_at=None)) == [third]
        assert first != third

    def test_a_get_does_not_read(self, client: Client, lin: User) -> None:
        assert client.get(f"{HERE}/{tell(lin).id}").status_code == 405

    def test_one_a_group_or_all_can_be_marked_read(self, client: Client, lin: User) -> None:
        one, *_ = (tell(lin, number) for number in range(3))
        tell(lin, 7, kind="fair.tomorrow")
        tell(lin, 8, kind="feedback.answered")
        tell(seeker("别人"))
        client.post(f"{HERE}/{one.id}/read")
        assert unread() == 5
        client.post(f"{HERE}/read", {"group": "fairs"})
        assert unread() == 4
        client.post(f"{HERE}/read")
        assert unread() == 1

    def test_there_is_nothing_to_mark_where_all_is_read(self, client: Client, lin: User) -> None:
        tell(lin, 7, kind="fair.tomorrow")
        client.post(f"{HERE}/{tell(lin).id}/read")
        assert "本类标为已读" not in shown(client, f"{HERE}?group=progress")
        assert "本类标为已读" in shown(client, f"{HERE}?group=fairs")

    def test_marking_keeps_the_place_in_the_list_and_can_be_taken_back(self, client: Client, lin: User) -> None:
        client.post(f"{HERE}/{tell(lin, 7).id}/read")
        for number in range(2):
            tell(lin, number)
        answer = client.post(f"{HERE}/read", {"group": "progress", "unread": "1"})
        address = answer.headers["Location"]
        assert address.startswith(f"{HERE}?group=progress&unread=1&done=")
        assert "已把 2 条消息标为已读。" in shown(client, address)
        client.post(f"{HERE}/undo", {"done": address.split("done=")[1]})
        assert unread() == 2


class TestDeleting:
    def test_a_deleted_message_is_gone_and_can_be_brought_back(self, client: Client, lin: User) -> None:
        message = tell(lin)
        address = client.post(f"{HERE}/{message.id}/delete").headers["Location"]
        assert titles(shown(client)) == []
        assert "已删除 1 条消息。" in shown(client, address)
        client.post(f"{HERE}/undo", {"done": address.split("done=")[1]})
        assert titles(shown(client)) == [1]
        assert unread() == 1

    def test_it_counts_nowhere_any_more(self, client: Client, lin: User) -> None:
        client.post(f"{HERE}/{tell(lin).id}/delete")
        assert "tab-count" not in shown(client)
        assert 'class="count"' not in shown(client, "/me/header")

    def test_it_is_not_sent_again_when_repeated(self, client: Client, lin: User) -> None:
        client.post(f"{HERE}/{tell(lin).id}/delete")
        tell(lin)
        assert titles(shown(client)) == []

    def test_the_next_one_about_the_same_takes_its_place(self, client: Client, lin: User) -> None:
        for number in range(2):
            newest = tell(lin, number, link="/me/saved")
        client.post(f"{HERE}/{newest.id}/delete")
        assert titles(shown(client)) == [0]


@pytest.mark.parametrize("step", ["", "/read", "/delete"])
def test_foreign_messages_look_like_absent_ones(client: Client, step: str) -> None:
    theirs = tell(seeker("别人"))
    for message_id in (theirs.id, uuid4()):
        assert client.post(f"{HERE}/{message_id}{step}").status_code == 404
    theirs.refresh_from_db()
    assert (theirs.read_at, theirs.deleted_at) == (None, None)


@pytest.mark.parametrize("done", ["", "x", "-1", "9" * 30, "99999999999999999", "1"])
def test_there_is_nothing_to_take_back_of_a_moment_that_was_not(client: Client, lin: User, done: str) -> None:
    tell(lin)
    assert client.post(f"{HERE}/undo", {"done": done}).status_code == 302
    assert "撤销" not in shown(client, f"{HERE}?done={done}")


def test_one_cannot_take_back_what_somebody_else_did(client: Client, lin: User) -> None:
    other = seeker("别人")
    theirs = tell(other)
    address = browser(other).post(f"{HERE}/{theirs.id}/delete").headers["Location"]
    client.post(f"{HERE}/undo", {"done": address.split("done=")[1]})
    theirs.refresh_from_db()
    assert theirs.deleted_at is not None
