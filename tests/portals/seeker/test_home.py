"""The front page."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import organisations, reference
from tests.factories.jobs import posting
from tests.factories.public_site import assert_is_public, fair, links_of, policy, text_of

pytestmark = pytest.mark.django_db


def test_it_shows_what_is_there_to_everyone_alike(client: Client) -> None:
    agency = organisations.agency(short_name="蓉城职介")
    posting(agency, title="氩弧焊工")
    posting(agency, title="草稿", state="draft")
    fair(agency, title="春季综合招聘会")
    policy(title="技能提升补贴申领指南")
    page = client.get("/")
    assert_is_public(page)
    text = text_of(page)
    for shown in ("氩弧焊工", "蓉城职介", "春季综合招聘会", "技能提升补贴申领指南", "1 个在招职位"):
        assert shown in text
    assert "草稿" not in text


def test_an_empty_site_says_so_kindly(client: Client) -> None:
    text = text_of(client.get("/"))
    assert "还没有职位" in text
    assert "近期没有招聘会" in text


def test_it_costs_the_same_six_queries_however_much_there_is(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(2):
        agency = organisations.agency()
        for _ in range(3):
            posting(agency)
            fair(agency)
            policy()
        with django_assert_num_queries(6):
            assert client.get("/").status_code == 200


def test_its_search_and_its_zones_lead_to_the_list(client: Client) -> None:
    page = client.get("/")
    assert 'action="/jobs"' in page.content.decode()
    zones = links_of(page, r"^/jobs\?")
    assert len(zones) > 10
    assert all("{" not in address for address in zones)


def test_the_newest_of_a_place_come_as_a_piece_for_everyone_who_looks_there(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    posting(organisations.agency(), title="氩弧焊工", region=reference.region(reference.WUHOU))
    posting(organisations.agency(), title="楼宇管理员", region=reference.region(reference.NANSHAN))
    with django_assert_num_queries(1):
        piece = client.get("/home/fresh", {"region": "510100"})
    text = text_of(piece)
    assert "成都最新职位" in text
    assert "氩弧焊工" in text
    assert "楼宇管理员" not in text
    assert "public" in piece.headers["Cache-Control"]
    assert not piece.cookies


def test_a_place_without_postings_says_so_kindly(client: Client) -> None:
    assert "武侯还没有在招的职位" in text_of(client.get("/home/fresh", {"region": reference.WUHOU}))


@pytest.mark.parametrize("code", ["", "999999", "<b>", "5" * 5000])
def test_there_is_nothing_new_in_a_place_that_does_not_exist(client: Client, code: str) -> None:
    assert client.get("/home/fresh", {"region": code}).status_code == 404


def test_it_answers_only_to_reading(client: Client) -> None:
    assert client.post("/").status_code == 405
    assert client.head("/").status_code == 200
