"""Saved searches on their pages: kept from the list of jobs, renamed, opened, deleted, stopped by a link."""

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.alerts.actions import MOST_A_PERSON, stopping_token
from jiuye.alerts.models import SavedSearch
from jiuye.domains.accounts.models import User
from jiuye.notifications.kinds import Way
from jiuye.notifications.preferences import set_switch
from jiuye.ports.search import SearchQuery
from jiuye.search.remembered import remember
from tests.factories import reference
from tests.factories.accounts import actor, browser, seeker
from tests.factories.alerts import saved_search
from tests.factories.public_site import text_of

pytestmark = pytest.mark.django_db
WISH = {"name": "成都焊工", "frequency": "daily"}


@pytest.fixture
def lin() -> User:
    return seeker()


@pytest.fixture
def client(lin: User) -> Client:
    return browser(lin)


def test_a_stranger_is_asked_to_sign_in_and_led_back_with_the_conditions() -> None:
    answer = Client().get("/me/searches/new?q=焊工")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login?next=%2Fme%2Fsearches%2Fnew%3Fq%3D")


def test_the_conditions_are_shown_and_named_before_they_are_kept(client: Client) -> None:
    reference.region(reference.WUHOU)
    page = text_of(client.get(f"/me/searches/new?q=焊工&region={reference.WUHOU}&pay_min=5000"))
    assert "焊工" in page
    assert "武侯" in page


def test_it_is_kept_under_its_name(client: Client, lin: User) -> None:
    answer = client.post("/me/searches/new?q=焊工&pay_min=5000", {**WISH, "by_sms": "on"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/me/searches")
    row = SavedSearch.objects.get()
    assert (row.user_id, row.name, row.by_sms) == (lin.pk, "成都焊工", True)
    assert row.criteria == {"v": 1, "q": "焊工", "pay_min": 5000}


def test_keeping_it_again_renames_it(client: Client) -> None:
    for name in ("焊工", "成都焊工"):
        client.post("/me/searches/new?q=焊工", {**WISH, "name": name})
    assert SavedSearch.objects.get().name == "成都焊工"


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"name": "", "frequency": "daily"}, "请给这个搜索起个名字"),
        ({"name": "焊" * 61, "frequency": "daily"}, "60"),
        ({"name": "焊工", "frequency": "hourly"}, "请从给出的选项中选择"),
        ({"name": "焊工"}, "请选择多久提醒一次"),
    ],
)
def test_a_wish_that_cannot_be_met_is_explained_and_kept(client: Client, wish: dict[str, str], said: str) -> None:
    answer = client.post("/me/searches/new?q=焊工", wish)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert wish["name"][:60] in answer.content.decode()
    assert not SavedSearch.objects.exists()


def test_a_search_that_narrows_nothing_is_not_kept(client: Client) -> None:
    assert client.post("/me/searches/new", WISH).status_code == 409
    assert not SavedSearch.objects.exists()


def test_one_more_than_the_most_is_refused_and_says_so(client: Client, lin: User) -> None:
    for number in range(MOST_A_PERSON):
        saved_search(lin, SearchQuery(q=f"工种{number}"))
    answer = client.post("/me/searches/new?q=焊工", WISH)
    assert answer.status_code == 409
    assert f"最多保存 {MOST_A_PERSON} 个搜索" in text_of(answer)


def test_it_leads_to_its_jobs(client: Client, lin: User) -> None:
    saved = saved_search(lin, SearchQuery(q="焊工", pay_min=5000))
    answer = client.post(f"/me/searches/{saved}/open")
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        "/jobs?q=%E7%84%8A%E5%B7%A5&pay_min=5000&sort=newest",
    )


def test_it_is_renamed_and_told_otherwise(client: Client, lin: User) -> None:
    saved = saved_search(lin, SearchQuery(q="焊工"), by_sms=True)
    client.post(f"/me/searches/{saved}", {"name": "焊接", "frequency": "never", "by_sms": "on"})
    row = SavedSearch.objects.get()
    assert (row.name, row.frequency, row.by_sms, row.next_tell_at) == ("焊接", "never", False, None)


def test_it_is_deleted_and_then_there_is_none(client: Client, lin: User) -> None:
    saved = saved_search(lin, SearchQuery(q="焊工"))
    assert [client.post(f"/me/searches/{saved}/delete").status_code for _ in range(2)] == [303, 404]
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("way", ["", "/open", "/delete"])
def test_another_persons_search_is_as_if_there_were_none(client: Client, way: str) -> None:
    saved = saved_search(seeker("何安"), SearchQuery(q="焊工"))
    theirs = client.post(f"/me/searches/{saved}{way}", WISH)
    nobodys = client.post(f"/me/searches/{uuid4()}{way}", WISH)
    assert theirs.status_code == nobodys.status_code
    assert SavedSearch.objects.get().name == "我的搜索"


def test_a_link_alone_stops_nothing_its_button_does(lin: User) -> None:
    saved_search(lin, SearchQuery(q="焊工"))
    here = f"/alerts/stop/{stopping_token(lin.pk)}"
    assert "停止职位提醒？" in text_of(Client().get(here))
    assert SavedSearch.objects.get().frequency == "daily"
    assert "已停止提醒" in text_of(Client().post(here))
    assert SavedSearch.objects.get().frequency == "never"


def test_a_broken_link_says_what_to_do_instead() -> None:
    answer = Client().get("/alerts/stop/abc")
    assert answer.status_code == 404
    assert "我的订阅" in text_of(answer)


def test_who_does_not_want_to_see_some_jobs_reads_that_alerts_leave_them_out_too(client: Client, lin: User) -> None:
    assert "不看的职位" not in text_of(client.get("/me/searches"))
    remember(actor(lin), query=SearchQuery(exclude_words=("学徒",)))
    assert "不看的职位" in text_of(client.get("/me/searches"))


def test_the_page_asks_as_many_queries_for_twenty_as_for_one(
    client: Client, lin: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(MOST_A_PERSON):
        saved_search(lin, SearchQuery(q=f"工种{number}"))
    with django_assert_num_queries(4):
        assert "工种19" in text_of(client.get("/me/searches"))


def test_who_switched_off_text_messages_for_all_is_told_so_beside_those_that_ask_for_them(
    client: Client, lin: User
) -> None:
    saved_search(lin, SearchQuery(q="焊工"), by_sms=True)
    assert "关闭了新职位的短信" not in text_of(client.get("/me/searches"))
    set_switch(actor(lin), person_id=lin.pk, group="jobs", way=Way.SMS, is_on=False)
    assert "关闭了新职位的短信" in text_of(client.get("/me/searches"))
