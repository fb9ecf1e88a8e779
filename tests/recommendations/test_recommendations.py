"""Jobs by a person's first job intention only, and none after they have opted out (算法推荐管理规定 arts. 16, 17)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.models import BrowsingRecord, SavedJob
from jiuye.domains.resumes import actions as resumes
from jiuye.kernel import clock
from jiuye.ports.search import SearchQuery
from jiuye.recommendations.models import RecommendationsOff
from jiuye.search.remembered import remember
from tests.factories import organisations, reference
from tests.factories.accounts import actor, browser, seeker
from tests.factories.jobs import posting
from tests.factories.public_site import assert_is_public, index_all, text_of, wired_engine
from tests.factories.resumes import basics, intention

pytestmark = pytest.mark.django_db
FOR_YOU = "/home/for-you"
HERE = "/me/privacy/recommendations"


@pytest.fixture(autouse=True)
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TantivyEngine]:
    """Welders in 成都武侯 and 深圳南山, and an accountant in 成都."""
    with wired_engine(tmp_path, monkeypatch) as own:
        agency = organisations.agency()
        posting(agency, title="氩弧焊工")
        posting(agency, title="船厂焊工", region=reference.region(reference.NANSHAN))
        posting(agency, title="会计")
        index_all()
        yield own


@pytest.fixture
def lin() -> User:
    """Looks for welding work in 成都."""
    user = seeker()
    reference.region(reference.CHENGDU)
    resumes.save_basics(actor(user), basics=basics())
    resumes.save_section(actor(user), entry=intention(title="焊工", region=reference.CHENGDU))
    return user


@pytest.fixture
def client(lin: User) -> Client:
    return browser(lin)


def test_the_front_page_asks_for_them_and_stays_the_same_for_everyone(client: Client) -> None:
    page = client.get("/")
    assert_is_public(page)
    assert f'hx-get="{FOR_YOU}"' in page.content.decode()
    assert "为您推荐" not in text_of(page)


def test_they_go_by_the_first_intention_and_say_so(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(4):
        piece = client.get(FOR_YOU)
    text = text_of(piece)
    assert "根据您的求职意向“焊工 · 四川省成都市”推荐" in text
    assert "氩弧焊工" in text
    assert "船厂焊工" not in text
    assert "会计" not in text
    assert f'href="{HERE}"' in piece.content.decode()
    assert "no-store" in piece.headers["Cache-Control"]


def test_what_was_looked_at_or_saved_changes_nothing(client: Client, lin: User) -> None:
    before = text_of(client.get(FOR_YOU))
    accountant = posting(title="会计主管")
    index_all()
    BrowsingRecord.objects.create(user=lin, posting=accountant, viewed_at=clock.now())
    SavedJob.objects.create(user=lin, posting=accountant, saved_at=clock.now())
    assert text_of(client.get(FOR_YOU)) == before


def test_who_switches_them_off_gets_none_at_once_and_can_have_them_again(client: Client) -> None:
    answer = client.post(HERE, {"wanted": "no"})
    assert (answer.status_code, answer.headers["Location"]) == (303, HERE)
    piece = client.get(FOR_YOU)
    assert (piece.status_code, piece.content) == (204, b"")
    assert "现在：已关闭" in text_of(client.get(HERE))
    client.post(HERE, {"wanted": "yes"})
    assert "氩弧焊工" in text_of(client.get(FOR_YOU))


def test_switching_off_twice_is_like_once(client: Client) -> None:
    for _ in range(2):
        assert client.post(HERE, {"wanted": "no"}).status_code == 303
    assert RecommendationsOff.objects.count() == 1


def test_the_page_says_by_which_data_and_by_which_not(client: Client) -> None:
    text = text_of(client.get(HERE))
    assert "现在：已打开" in text
    assert "按您的第一个求职意向挑选：焊工 · 四川省成都市。" in text
    assert "没有用到：浏览记录、收藏、投递、性别、年龄、民族、户籍" in text


def test_nothing_is_recommended_to_strangers_and_to_who_has_no_intention() -> None:
    newcomer = browser(seeker())
    assert Client().get(FOR_YOU).status_code == 204
    assert newcomer.get(FOR_YOU).status_code == 204
    assert "您还没有填求职意向" in text_of(newcomer.get(HERE))


def test_the_privacy_centre_leads_there(client: Client) -> None:
    assert f'href="{HERE}"' in client.get("/me/privacy").content.decode()


def test_an_answer_that_is_neither_yes_nor_no_changes_nothing(client: Client) -> None:
    assert client.post(HERE, {"wanted": "maybe"}).status_code == 409
    assert not RecommendationsOff.objects.exists()


def test_what_a_person_does_not_want_to_see_is_not_recommended(client: Client, lin: User) -> None:
    assert "氩弧焊工" in text_of(client.get(FOR_YOU))
    remember(actor(lin), query=SearchQuery(exclude_words=("氩弧",)))
    assert client.get(FOR_YOU).status_code == 204
