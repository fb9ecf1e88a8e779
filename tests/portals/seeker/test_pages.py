"""Standing texts, and what search engines are told."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.public_site import assert_is_public, text_of


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "said"), [("/privacy", "个人信息保护"), ("/accessibility", "无障碍说明")])
def test_standing_texts_cost_no_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str, said: str
) -> None:
    with django_assert_num_queries(0):
        page = client.get(path)
    assert_is_public(page)
    assert said in text_of(page)


def test_search_engines_are_asked_to_leave_the_portals_out(client: Client) -> None:
    page = client.get("/robots.txt")
    assert page.headers["Content-Type"].startswith("text/plain")
    rules = page.content.decode().splitlines()
    assert "Disallow: /me" in rules
    assert "Disallow: /agency" in rules
    assert not any(rule.startswith("Disallow: /agencies") or rule == "Disallow: /jobs" for rule in rules)
