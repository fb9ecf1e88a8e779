"""The shops somebody follows: what is new, letting go and back, and being told of a fair once."""

from datetime import timedelta
from urllib.parse import unquote
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.alerts.followers import following
from jiuye.alerts.models import SavedSearch
from jiuye.domains.accounts.models import User
from jiuye.domains.fairs.events import FairPublished
from jiuye.domains.organisations.models import Agency
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.events import Delivered
from jiuye.kernel.ids import new_id
from jiuye.notifications.models import Notification, TextMessage
from jiuye.ports.search import SearchQuery
from jiuye.worker.handlers import HANDLERS
from tests.factories import jobs, organisations
from tests.factories.accounts import browser, seeker
from tests.factories.alerts import saved_search
from tests.factories.public_site import fair, links_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin() -> User:
    return seeker()


@pytest.fixture
def client(lin: User) -> Client:
    return browser(lin)


@pytest.fixture
def agency() -> Agency:
    return organisations.agency(legal_name="蓉江人力资源有限公司")


def follows(person: User, agency: Agency, frequency: str = "daily") -> UUID:
    return saved_search(person, following(agency.id), name=agency.short_name, frequency=frequency)


def undo_of(response: HttpResponse) -> str:
    """Where the answer to letting go leads."""
    return unquote(response["Location"])


class TestTheList:
    def test_a_shop_with_its_new_jobs_and_its_fairs(self, lin: User, client: Client, agency: Agency) -> None:
        with clock.frozen(clock.now() - timedelta(days=2)):
            jobs.posting(agency, published_at=clock.now())
            follows(lin, agency)
        for _ in range(2):
            jobs.posting(agency, published_at=clock.now())
        jobs.posting(organisations.agency(), published_at=clock.now())
        shown = fair(agency, title="秋季专场")
        fair(agency, title="还是草稿", state="draft")
        text = text_of(client.get("/me/following"))
        for expected in ("蓉江人力资源有限公司", "2 个新职位", "秋季专场"):
            assert expected in text
        assert "还是草稿" not in text
        assert f"/fairs/{shown.id}" in links_of(client.get("/me/following"), "^/fairs/")

    def test_looking_at_the_jobs_makes_them_old(self, lin: User, client: Client, agency: Agency) -> None:
        with clock.frozen(clock.now() - timedelta(days=2)):
            kept = follows(lin, agency)
        jobs.posting(agency, published_at=clock.now() - timedelta(hours=1))
        answer = client.post(f"/me/searches/{kept}/open")
        assert str(agency.id) in answer["Location"]
        assert "新职位" not in text_of(client.get("/me/following")).replace("有新职位时", "")

    def test_other_searches_are_not_followed_shops(self, lin: User, client: Client, agency: Agency) -> None:
        saved_search(lin, SearchQuery(q="焊工", agency=(str(agency.id),)))
        saved_search(lin, SearchQuery(q="焊工"))
        saved_search(lin, SearchQuery(agency=("nonsense",)))
        assert "还没有关注机构" in text_of(client.get("/me/following"))

    def test_a_shop_that_closed_is_named_and_leads_nowhere(self, lin: User, client: Client, agency: Agency) -> None:
        follows(lin, agency)
        Agency.objects.update(is_listed=False)
        page = client.get("/me/following")
        assert "旗舰店暂停服务" in text_of(page)
        assert links_of(page, "^/agencies/") == []

    def test_it_asks_little_of_the_database_however_many_there_are(
        self, lin: User, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(8):
            one = organisations.agency()
            follows(lin, one)
            fair(one)
        with django_assert_max_num_queries(12):
            client.get("/me/following")

    def test_the_way_from_the_shop_follows_it(self, lin: User, client: Client, agency: Agency) -> None:
        client.post(f"/me/searches/new?agency={agency.id}", {"name": "蓉江", "frequency": "daily"})
        assert "蓉江人力资源有限公司" in text_of(client.get("/me/following"))

    def test_a_stranger_is_asked_to_sign_in(self) -> None:
        assert Client().get("/me/following").status_code == 302


class TestLettingGo:
    def test_it_is_gone_and_can_be_taken_back_as_it_was(self, lin: User, client: Client, agency: Agency) -> None:
        kept = saved_search(lin, following(agency.id), name="蓉江", frequency="weekly", by_sms=True)
        answer = client.post(f"/me/following/{kept}/stop")
        assert not SavedSearch.objects.exists()
        page = client.get(undo_of(answer))
        assert "已取消关注“蓉江”" in text_of(page)
        token = undo_of(answer).partition("undo=")[2]
        assert "已恢复关注" in text_of(client.post("/me/following/again", {"token": token}, follow=True))
        again = SavedSearch.objects.get()
        assert (again.name, again.frequency, again.by_sms) == ("蓉江", "weekly", True)

    def test_only_ones_own(self, lin: User, client: Client, agency: Agency) -> None:
        theirs = follows(seeker(), agency)
        for unknown in (theirs, new_id(), saved_search(lin, SearchQuery(q="焊工"))):
            assert client.post(f"/me/following/{unknown}/stop").status_code == 404
        assert SavedSearch.objects.count() == 2

    def test_the_way_back_is_open_for_an_hour_and_for_oneself(self, lin: User, client: Client, agency: Agency) -> None:
        token = undo_of(client.post(f"/me/following/{follows(lin, agency)}/stop")).partition("undo=")[2]
        other = browser(seeker())
        assert "已取消关注" not in text_of(other.get(f"/me/following?undo={token}"))
        for attempt in (token[:-2], "", "x" * 400):
            assert "过了时间" in text_of(client.post("/me/following/again", {"token": attempt}, follow=True))
        with clock.frozen(clock.now() + timedelta(minutes=61)):
            assert "过了时间" in text_of(client.post("/me/following/again", {"token": token}, follow=True))
        other.post("/me/following/again", {"token": token})
        assert not SavedSearch.objects.exists()


class TestBeingToldOfAFair:
    def test_each_follower_once_and_nobody_else(self, lin: User, agency: Agency) -> None:
        wu, zhou = seeker(), seeker()
        follows(lin, agency)
        follows(wu, agency, frequency="never")
        saved_search(zhou, SearchQuery(q="焊工", agency=(str(agency.id),)))
        follows(seeker(), organisations.agency())
        shown = fair(agency)
        for _ in range(3):
            publishes(FairPublished(shown.id, agency.id, shown.title, "5月12日 09:00", "示范零工市场"))
        told = Notification.objects.get()
        assert (told.user_id, told.link, told.kind) == (lin.pk, f"/fairs/{shown.id}", "fair.published")
        assert "5月12日 09:00" in told.body
        assert not TextMessage.objects.exists()

    def test_somebody_whose_account_is_erased_is_not(self, lin: User, agency: Agency) -> None:
        follows(lin, agency)
        User.objects.filter(pk=lin.pk).update(phone="", phone_index=None, erased_at=clock.now())
        publishes(FairPublished(fair(agency).id, agency.id, "x", "x", "x"))
        assert not Notification.objects.exists()


def publishes(event: FairPublished) -> None:
    """The event reaches its handlers; another one of the same fair does too, as a repeated delivery would."""
    for handler in HANDLERS["FairPublished"]:
        handler(event, Delivered(new_id(), event, Actor.system(), clock.now()))
