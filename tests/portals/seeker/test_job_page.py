"""The page of one job, over HTTP: what it says, and what it says once the job has closed."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.domains.organisations.models import Agency, Shop
from jiuye.kernel import clock
from tests.factories import organisations
from tests.factories.jobs import posting
from tests.factories.public_site import (
    assert_is_public,
    links_of,
    text_of,
)

pytestmark = pytest.mark.django_db
CARD = r"^/jobs/[0-9a-f-]{36}$"


class TestAJob:
    def test_its_page_says_how_soon_the_agency_usually_answers(
        self, client: Client, engine: TantivyEngine, agency: Agency
    ) -> None:
        path = f"/jobs/{posting(agency).pk}"
        assert "答复时间：数据还不够" in text_of(client.get(path))
        Shop.objects.filter(pk=agency.pk).update(typical_answer_hours=30)
        assert "该机构通常 2 天内答复" in text_of(client.get(path))

    def test_its_page_says_every_legal_element(
        self, client: Client, stocked: TantivyEngine, agency: Agency, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        employer = organisations.employer(named_by=agency, legal_name="示例精工有限公司")
        one = posting(
            agency, employer=employer, title="数控车床操作工", headcount=7, skills=["识图"], benefits=["五险一金"]
        )
        with django_assert_num_queries(3):
            page = client.get(f"/jobs/{one.id}")
        assert_is_public(page)
        text = text_of(page)
        for said in (
            "示例精工有限公司", employer.credit_code, "7 人", one.duties, one.requirements, one.working_conditions,
            "示范路" if one.address else "四川省成都市武侯区", "6-9K", "全职", "由职介代招", agency.legal_name,
            agency.licence_number, agency.supervising_phone, "五险一金", "识图",
        ):  # fmt: skip
            assert str(said) in text, said

    def test_it_offers_similar_ones_and_not_itself(self, client: Client, stocked: TantivyEngine) -> None:
        one = next(link for link in links_of(client.get("/jobs", {"q": "氩弧焊工"}), CARD))
        page = client.get(one)
        assert "焊工班长" in text_of(page)
        assert one not in links_of(page, CARD)

    def test_saving_and_applying_work_without_scripts(
        self, client: Client, stocked: TantivyEngine, agency: Agency
    ) -> None:
        one = posting(agency)
        page = client.get(f"/jobs/{one.id}")
        assert links_of(page, f"/jobs/{one.id}/(save|apply)$") == [f"/jobs/{one.id}/save", f"/jobs/{one.id}/apply"]

    @pytest.mark.parametrize(
        ("state", "reason", "said"),
        [
            ("withdrawn", "withdrawn", "发布机构已把它下架"),
            ("withdrawn", "filled", "它已招满"),
            ("withdrawn", "", "发布机构已把它下架"),
            ("expired", "expired", "它已过有效期"),
        ],
    )
    def test_one_that_has_closed_is_gone_and_says_why_and_where_to_look(
        self, client: Client, stocked: TantivyEngine, agency: Agency, state: str, reason: str, said: str
    ) -> None:
        filled = {"hired_here": 1, "hired_elsewhere": 0} if reason == "filled" else {}
        one = posting(agency, title="焊工", state=state, closed_at=clock.now(), closing_reason=reason, **filled)
        page = client.get(f"/jobs/{one.id}")
        assert page.status_code == 410
        assert not page.cookies
        assert "已停止招聘" in text_of(page)
        assert said in text_of(page)
        assert len(links_of(page, CARD)) == 2

    def test_one_whose_time_has_passed_is_gone_before_anybody_closes_it(
        self, client: Client, stocked: TantivyEngine, agency: Agency
    ) -> None:
        one = posting(agency, valid_through=clock.today() - timedelta(days=1))
        page = client.get(f"/jobs/{one.id}")
        assert page.status_code == 410
        assert "它已过有效期" in text_of(page)

    @pytest.mark.parametrize("state", ["draft", "under_review", "rejected", "banned"])
    def test_one_that_never_was_public_answers_like_one_that_is_not_there(
        self, client: Client, stocked: TantivyEngine, agency: Agency, state: str
    ) -> None:
        hidden = posting(agency, state=state)
        absent = client.get("/jobs/00000000-0000-7000-8000-000000000000")
        shown = client.get(f"/jobs/{hidden.id}")
        assert (shown.status_code, text_of(shown)) == (404, text_of(absent))

    def test_a_posting_of_an_agency_that_is_not_listed_is_gone(self, client: Client, stocked: TantivyEngine) -> None:
        one = posting(organisations.agency(is_listed=False))
        assert client.get(f"/jobs/{one.id}").status_code == 410

    def test_it_stays_up_without_the_engine(self, client: Client, stocked: TantivyEngine, tmp_path: Path) -> None:
        one = links_of(client.get("/jobs", {"q": "氩弧焊工"}), CARD)[0]
        stocked.close()
        shutil.rmtree(tmp_path / "index")
        assert client.get(one).status_code == 200
