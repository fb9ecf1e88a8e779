"""What a search of jobs leaves out: in the engine, while it is away, and on the page."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.domains.organisations.models import Shop
from jiuye.kernel import clock
from jiuye.search.slow_agencies import forget_slow_agencies
from tests.factories import organisations
from tests.factories.jobs import posting
from tests.factories.public_site import index_all, links_of, text_of

pytestmark = pytest.mark.django_db
Shutting = Callable[[], None]


@pytest.fixture(params=["engine", "tables"])
def away(request: pytest.FixtureRequest, tmp_path: Path, engine: TantivyEngine) -> Shutting:
    """Builds the index; for "tables" it is then taken away, so that the search reads the tables."""
    forget_slow_agencies()

    def shut() -> None:
        index_all()
        if request.param == "tables":
            engine.close()
            shutil.rmtree(tmp_path / "index")

    return shut


def titles(client: Client, **asked: Any) -> set[str]:
    answer = client.get("/api/v1/jobs", asked)
    assert answer.status_code == 200, answer.content
    return {item["title"] for item in answer.json()["items"]}


def test_postings_by_which_an_agency_recruits_for_another(client: Client, away: Shutting) -> None:
    agency = organisations.agency()
    posting(agency, title="代招")
    posting(agency, title="自招", employer=organisations.employer(credit_code=agency.credit_code))
    away()
    assert titles(client, without_agency="true") == {"自招"}
    assert titles(client, without_agency="false") == {"代招", "自招"}


def test_dispatch_and_outsourcing(client: Client, away: Shutting) -> None:
    for kind in ("full_time", "dispatch", "outsourced"):
        posting(title=kind, employment_type=kind)
    away()
    assert titles(client, without_dispatch="true") == {"full_time"}


def test_all_postings_for_an_employer(client: Client, away: Shutting) -> None:
    unwanted, other = organisations.employer(), organisations.employer()
    posting(title="甲", employer=unwanted)
    posting(organisations.agency(), title="另一家替甲发的", employer=unwanted)
    posting(title="乙", employer=other)
    away()
    assert titles(client, exclude_employer=str(unwanted.id)) == {"乙"}
    assert titles(client, exclude_employer=f"{unwanted.id},{other.id}") == set()


def test_agencies(client: Client, away: Shutting) -> None:
    unwanted = organisations.agency()
    posting(unwanted, title="甲")
    posting(organisations.agency(), title="乙")
    away()
    assert titles(client, exclude_agency=str(unwanted.id)) == {"乙"}


def test_words_in_the_title_and_in_the_name_of_the_employer(client: Client, away: Shutting) -> None:
    posting(title="电话销售员", employer=organisations.employer(legal_name="示例甲厂"))
    posting(title="焊工", employer=organisations.employer(legal_name="示例保险公司"))
    posting(title="焊工", employer=organisations.employer(legal_name="程氏机械厂"), duties="销售之外的一切")
    posting(title="Java 工程师", employer=organisations.employer(legal_name="示例乙厂"))
    away()
    assert titles(client, exclude_words="销售,保险") == {"焊工", "Java 工程师"}
    assert titles(client, exclude_words="java") == {"电话销售员", "焊工"}
    assert titles(client, exclude_words=["焊", "电话"]) == {"Java 工程师"}
    assert len(client.get("/api/v1/jobs", {"exclude_words": "工程"}).json()["items"]) == 3, "not 焊工 + 程氏"


def test_what_was_not_confirmed_for_so_long(client: Client, away: Shutting) -> None:
    now = clock.now()
    old = now - timedelta(days=20)
    posting(title="新的", confirmed_at=now)
    posting(title="旧的但确认过", published_at=old, confirmed_at=now - timedelta(days=2))
    posting(title="旧的", published_at=old, confirmed_at=old)
    away()
    assert titles(client, unconfirmed_for=7) == {"新的", "旧的但确认过"}
    assert titles(client, unconfirmed_for=1) == {"新的"}


def test_agencies_that_answer_slowly(
    client: Client, away: Shutting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    slow, quick, new = (organisations.agency() for _ in range(3))
    for agency, share in ((slow, 0.3), (quick, 0.9), (new, None)):
        Shop.objects.filter(pk=agency.id).update(answered_within_7_days=share)
        posting(agency, title=str(share))
    away()
    assert titles(client, without_slow="true") == {"0.9", "None"}
    assert titles(client, without_slow="false") == {"0.3", "0.9", "None"}


class TestCounts:
    @pytest.fixture
    def stock(self, engine: TantivyEngine) -> None:
        for title in ("焊工", "焊工学徒", "会计"):
            posting(title=title)
        index_all()

    def test_total_and_facets_are_of_what_is_left_and_the_rest_is_counted(self, client: Client, stock: None) -> None:
        found = client.get("/api/v1/jobs", {"exclude_words": "学徒"}).json()
        assert (found["total"], found["left_out"]) == (2, 1)
        assert found["facets"]["employment_type"] == [{"value": "full_time", "name": "全职", "count": 2}]
        assert client.get("/api/v1/jobs").json()["left_out"] == 0

    def test_it_costs_no_query(
        self, client: Client, stock: None, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(0):
            client.get("/api/v1/jobs", {"exclude_words": "学徒", "unconfirmed_for": 7, "without_dispatch": "true"})

    def test_a_cursor_belongs_to_what_is_left_out(self, client: Client, stock: None) -> None:
        first = client.get("/api/v1/jobs", {"exclude_words": "学徒", "size": 1}).json()
        second = client.get("/api/v1/jobs", {"exclude_words": "学徒", "size": 1, "cursor": first["next_cursor"]}).json()
        assert {first["items"][0]["title"], second["items"][0]["title"]} == {"焊工", "会计"}
        assert second["next_cursor"] == ""


def test_the_page_keeps_it_and_shows_how_to_drop_it(client: Client, engine: TantivyEngine) -> None:
    for title in ("焊工", "会计"):
        posting(title=title)
    index_all()
    page = client.get("/jobs", {"exclude_words": ["焊", "学徒"], "without_dispatch": "true"})
    assert len(links_of(page, r"^/jobs/[0-9a-f-]{36}$")) == 1
    text = text_of(page)
    assert "不看“焊”" in text
    assert "不看派遣外包" in text
    assert "不看：3 项" in text
    assert "?" in links_of(page, r"^\?$")
