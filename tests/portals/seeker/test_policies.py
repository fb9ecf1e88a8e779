"""Policies: the list and one policy."""

from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import reference
from tests.factories.public_site import assert_is_public, assert_survives, links_of, policy, text_of

pytestmark = pytest.mark.django_db
POLICY = r"^/policies/[0-9a-f-]{36}$"


class TestTheList:
    def test_the_newest_comes_first(self, client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        policy(title="早先的补贴办法", published_on=date(2025, 1, 1))
        policy(title="新近的补贴办法", published_on=date(2026, 1, 1))
        policy(title="没有发布的办法", is_published=False)
        with django_assert_num_queries(1):
            page = client.get("/policies")
        assert_is_public(page)
        text = text_of(page)
        assert text.index("新近的补贴办法") < text.index("早先的补贴办法")
        assert "没有发布的办法" not in text

    @pytest.mark.parametrize(
        ("asked", "count"),
        [
            ({"topic": "training"}, 2),
            ({"topic": "rights"}, 1),
            ({"region": "510107"}, 3),
            ({"region": "440000"}, 2),
            ({"q": "补贴"}, 2),
            ({"q": "补贴 四川"}, 1),
            ({"q": "没有这样的"}, 0),
        ],
    )
    def test_it_narrows_by_words_topic_and_place(self, client: Client, asked: dict[str, str], count: int) -> None:
        policy()
        policy(title="四川省技能补贴", region=reference.region("510000"))
        policy(title="劳动权益指引", topic="rights", summary="休息与报酬。")
        assert len(links_of(client.get("/policies", asked), POLICY)) == count

    def test_no_nonsense_breaks_it(self, client: Client) -> None:
        policy()
        assert_survives(client, "/policies", "q", "topic", "region", "cursor")

    def test_its_pages_show_each_policy_once(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        made = {str(policy(published_on=date(2026, 1, 1) - timedelta(days=one // 5)).id) for one in range(25)}
        with django_assert_num_queries(1):
            first = client.get("/policies")
        second = client.get(f"/policies{links_of(first, 'cursor=')[0]}")
        shown = [address.rpartition("/")[2] for page in (first, second) for address in links_of(page, POLICY)]
        assert len(shown) == 25
        assert set(shown) == made


class TestAPolicy:
    def test_its_text_and_its_source_are_told(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        one = policy(document_number="示例〔2026〕1号", audience="参保职工", region=reference.region("510000"))
        with django_assert_num_queries(3):
            page = client.get(f"/policies/{one.id}")
        assert_is_public(page)
        text = text_of(page)
        for shown in ("技能提升补贴申领指南", "线上提交。", "示例〔2026〕1号", "参保职工", "四川", "2026年1月5日"):
            assert shown in text

    def test_one_that_is_not_published_answers_like_one_that_is_not_there(self, client: Client) -> None:
        shown = client.get(f"/policies/{policy(is_published=False).id}")
        absent = client.get("/policies/00000000-0000-7000-8000-000000000000")
        assert (shown.status_code, text_of(shown)) == (404, text_of(absent))

    def test_its_text_cannot_carry_markup(self, client: Client) -> None:
        one = policy(body="<script>alert(1)</script>")
        assert "<script>alert" not in client.get(f"/policies/{one.id}").content.decode()
