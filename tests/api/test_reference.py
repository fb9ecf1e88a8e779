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


class TestCodesNoLongerInForce:
    @pytest.mark.parametrize(
        ("code", "name", "last", "successors"),
        [
            ("310119", "南汇区", 2008, ["310115"]),  # merged
            ("110223", "通县", 1996, ["110112"]),  # became a district
            ("320584", "吴江市", 2011, ["320509"]),
            ("130421", "邯郸县", 2015, []),  # divided among several
        ],
    )
    def test_they_name_what_replaced_them(
        self, client: Client, code: str, name: str, last: int, successors: list[str]
    ) -> None:
        found = client.get(f"/api/v1/regions/{code}").json()
        assert (found["name"], found["in_force"], found["last_year"]) == (name, False, last)
        assert found["replaced_by"] == successors

    def test_a_list_has_those_of_a_province(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(0):
            found = client.get("/api/v1/regions/former", {"within": "310000"}).json()
        assert {item["code"][:2] for item in found["items"]} == {"31"}
        assert "310119" in {item["code"] for item in found["items"]}

    def test_one_in_force_says_so(self, client: Client) -> None:
        found = client.get("/api/v1/regions/510107").json()
        assert (found["full_name"], found["in_force"]) == ("四川省成都市武侯区", True)
        assert (found["last_year"], found["replaced_by"]) == (None, [])

    @pytest.mark.parametrize(
        ("code", "name", "successors"),
        [
            ("4-01-02-02", "电子商务师", ["4-01-06-01"]),
            ("2-07-10-03", "心理咨询师", ["2-07-11-03"]),
            ("4-10-01-02", "育婴员", []),  # no successor was published
        ],
    )
    def test_an_occupations_former_code_names_the_present_one(
        self, client: Client, code: str, name: str, successors: list[str]
    ) -> None:
        found = client.get(f"/api/v1/occupations/{code}").json()
        assert (found["name"], found["in_force"], found["replaced_by"]) == (name, False, successors)

    @pytest.mark.parametrize("address", ["regions/999999", "occupations/9-99-99-99", "industries/ZZ", "terms/x"])
    def test_one_that_never_was_is_not_there(self, client: Client, address: str) -> None:
        assert client.get(f"/api/v1/{address}").status_code == 404


@pytest.mark.parametrize(
    ("address", "version"),
    [("regions", "GB/T 2260"), ("occupations", "职业分类大典 2022"), ("industries", "GB/T 4754-2017")],
)
def test_a_list_says_of_what_it_is_an_edition(client: Client, address: str, version: str) -> None:
    found = client.get(f"/api/v1/{address}").json()
    assert found["version"].startswith(version)
    assert {"valid_from", "licence", "source"} <= set(found)
    assert client.get(f"/api/v1/{address}/{found['items'][0]['code']}").json() == found["items"][0]


def test_terms_name_every_value(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        lists = {one["name"]: one for one in client.get("/api/v1/terms").json()["items"]}
    assert {"education", "employment_type", "ownership", "size"} <= set(lists)
    for name, one in lists.items():
        assert client.get(f"/api/v1/terms/{name}").json() == one
        assert all(term["value"] and term["name"] and term["replaced_by"] == [] for term in one["items"])
    assert {"value": "dispatch", "name": "劳务派遣", "replaced_by": []} in lists["employment_type"]["items"]
