"""Code lists as JSON."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.public_site import assert_is_public

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "count", "first"),
    [
        ("regions", 34, "110000"),
        ("regions?parent=510100", 20, "510104"),
        ("regions?parent=510104", 0, ""),
        ("regions?parent=999999", 0, ""),
        ("occupations", 8, "1-00-00-00"),
        ("industries", 20, "A"),
        ("industries?parent=A", 5, "01"),
    ],
)
def test_a_list_holds_what_is_right_below(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str, count: int, first: str
) -> None:
    with django_assert_num_queries(0):
        answer = client.get(f"/api/v1/{address}")
    assert_is_public(answer)
    items = answer.json()["items"]
    assert len(items) == count
    assert [item["code"] for item in items[:1]] == ([first] if first else [])


def test_lists_lead_down_to_the_last_level(client: Client) -> None:
    code, levels = "6-00-00-00", []
    while items := client.get("/api/v1/occupations", {"parent": code}).json()["items"]:
        first = items[0]
        below = client.get("/api/v1/occupations", {"parent": first["code"]}).json()["items"]
        assert first["parent"] == code
        assert first["has_children"] == bool(below)
        levels.append(first["level"])
        code = first["code"]
    assert levels == ["2", "3", "4"]


def test_what_has_not_changed_is_not_sent_again(client: Client) -> None:
    first = client.get("/api/v1/regions")
    again = client.get("/api/v1/regions", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("address", ["regions?parent=成都", "occupations?parent=6", "industries?parent=AA"])
def test_a_code_that_cannot_be_one_is_a_problem(client: Client, address: str) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["parent"]
