"""The job search and a posting as JSON."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.api.v1.parameters import ALL
from jiuye.kernel import clock
from tests.factories import organisations, reference
from tests.factories.jobs import posting
from tests.factories.public_site import assert_is_public, index_all, links_of

pytestmark = pytest.mark.django_db


def ask(client: Client, **asked: Any) -> dict[str, Any]:
    answer = client.get("/api/v1/jobs", asked)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def titles(client: Client, **asked: Any) -> set[str]:
    return {item["title"] for item in ask(client, **asked)["items"]}


class TestTheSearch:
    def test_it_gives_total_items_facets_and_the_way_on(
        self, client: Client, stocked: TantivyEngine, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(0):
            answer = client.get("/api/v1/jobs", {"q": "焊工"})
        assert_is_public(answer)
        found = answer.json()
        assert set(found) == {
            *("total", "items", "facets", "next_cursor", "left_out", "included", "degraded", "notes"),
            *("licence", "source", "generated_at"),
        }
        assert (found["total"], found["next_cursor"], found["degraded"], found["notes"]) == (2, "", False, [])

    def test_what_was_read_from_the_words_is_said(self, client: Client, stocked: TantivyEngine) -> None:
        placed = ask(client, q="深圳 焊工")
        assert [item["title"] for item in placed["items"]] == ["焊工班长"]
        assert "region=440300" in placed["notes"][0]["message"]
        spelled = ask(client, q="hangong")
        assert spelled["total"] == 2
        assert "焊工" in spelled["notes"][0]["message"]
        literal = ask(client, q="hangong", literal="true")
        assert (literal["total"], literal["notes"]) == (0, [])

    def test_words_spelled_right_are_read_to_the_end(self, client: Client, stocked: TantivyEngine) -> None:
        first = ask(client, q="hangong", size=1)
        second = ask(client, q="hangong", size=1, cursor=first["next_cursor"])
        assert {item["title"] for page in (first, second) for item in page["items"]} == {"氩弧焊工", "焊工班长"}

    def test_a_region_and_a_place_elsewhere_both_hold(self, client: Client, stocked: TantivyEngine) -> None:
        assert ask(client, q="深圳 焊工", region="510100", literal="true")["total"] == 0

    def test_codes_stand_beside_names(self, client: Client, stocked: TantivyEngine) -> None:
        (item,) = ask(client, q="焊工", region="440000")["items"]
        assert (item["region"], item["region_name"]) == ("440305", "广东省深圳市南山区")
        assert (item["occupation"], item["occupation_name"]) == (reference.WELDER, "焊工")
        assert (item["employment_type"], item["employment_type_name"]) == ("full_time", "全职")
        assert (item["pay"], item["pay_min"], item["pay_max"]) == ("6-9K", 6000, 9000)
        assert item["agency_name"] == "蓉城职介"

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ({"region": "510000"}, {"氩弧焊工", "会计"}),
            ({"region": "510107"}, {"氩弧焊工", "会计"}),
            ({"region": ["510000", "440000"]}, {"氩弧焊工", "会计", "焊工班长"}),
            ({"region": "510000,440000"}, {"氩弧焊工", "会计", "焊工班长"}),
            ({"occupation": "6-18-02-04"}, {"氩弧焊工", "焊工班长"}),
            ({"employment_type": "part_time"}, {"会计"}),
            ({"pay_min": 9500}, {"会计"}),
            ({"education": "70"}, {"焊工班长", "会计"}),
            ({"experience": 1}, {"氩弧焊工", "会计"}),
            ({"posted_within": 1}, {"氩弧焊工", "会计", "焊工班长"}),
        ],
    )
    def test_filters_narrow(
        self, client: Client, stocked: TantivyEngine, asked: dict[str, Any], expected: set[str]
    ) -> None:
        assert titles(client, **asked) == expected

    def test_choosing_a_facets_value_finds_as_many_as_it_says(self, client: Client, stocked: TantivyEngine) -> None:
        facets = ask(client)["facets"]
        assert set(facets) == {"region", "occupation", "industry", "education", "experience", "employment_type"}
        for name, values in facets.items():
            for value in values:
                assert ask(client, **{name: value["value"]})["total"] == value["count"], (name, value)
        assert {"value": "510000", "name": "四川省", "count": 2} in facets["region"]
        assert {"value": "70", "name": "初中及以下", "count": 2} in facets["education"]

    def test_a_misspelt_parameter_is_refused_with_the_nearest_name(
        self, client: Client, stocked: TantivyEngine
    ) -> None:
        answer = client.get("/api/v1/jobs", {"regoin": "510100"})
        assert answer.status_code == 422
        (fault,) = answer.json()["errors"]
        assert (fault["parameter"], fault["rule"]) == ("regoin", "unknown")
        assert "region" in fault["message"]

    def test_a_cursor_that_is_cut_or_of_another_search_is_refused(self, client: Client, stocked: TantivyEngine) -> None:
        cursor = ask(client, size=1)["next_cursor"]
        for query in ({"cursor": cursor[:-4]}, {"cursor": cursor, "q": "焊工"}, {"cursor": "x"}):
            answer = client.get("/api/v1/jobs", query)
            assert (answer.status_code, answer.json()["code"]) == (422, "invalid_cursor")
        assert client.get("/jobs", {"cursor": "x"}).status_code == 200

    def test_the_cursor_reads_to_the_end_without_repeats(self, client: Client, engine: TantivyEngine) -> None:
        agency, moment = organisations.agency(), clock.now()
        employer = organisations.employer(named_by=agency)
        made = {
            str(posting(agency, employer=employer, published_at=moment - timedelta(seconds=one // 7)).id)
            for one in range(23)
        }
        index_all()
        read, cursor = [], ""
        while True:
            found = ask(client, size=5, cursor=cursor)
            assert found["total"] == 23
            read += [item["id"] for item in found["items"]]
            cursor = found["next_cursor"]
            if not cursor:
                break
        assert len(read) == 23
        assert set(read) == made

    def test_a_code_that_nobody_knows_finds_nothing_and_says_so(self, client: Client, stocked: TantivyEngine) -> None:
        found = ask(client, region="999999")
        assert found["total"] == 0
        assert found["notes"] == [{"field": "region", "message": "没有代码为 999999 的选项。"}]

    def test_it_goes_on_without_the_engine(
        self,
        client: Client,
        stocked: TantivyEngine,
        tmp_path: Path,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        stocked.close()
        shutil.rmtree(tmp_path / "index")
        with django_assert_num_queries(3):
            found = ask(client, q="焊工", region="510000")
        assert (found["total"], found["degraded"]) == (None, True)
        assert [item["title"] for item in found["items"]] == ["氩弧焊工"]


class TestItsParameters:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("region", "成都"), ("region", "51"), ("occupation", "6"), ("industry", "Z"), ("employment_type", "forever"),
            ("agency", "me"), ("pay_min", "lots"), ("pay_min", "-1"), ("pay_max", "99999999999"), ("education", "99"),
            ("experience", "１０"), ("posted_within", "x"), ("sort", "random"), ("size", "0"), ("size", "101"),
            ("page", "0"), ("page", "101"), ("without_agency", "yes"), ("exclude_employer", "me"),
            ("exclude_words", "词" * 21), ("unconfirmed_for", "soon"), ("fields", "salary"), ("expand", "region"),
        ],
    )  # fmt: skip
    def test_what_makes_no_sense_is_a_problem_that_names_it(
        self, client: Client, stocked: TantivyEngine, name: str, value: str
    ) -> None:
        answer = client.get("/api/v1/jobs", {name: value})
        problem = answer.json()
        assert answer.status_code == 422
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert (problem["status"], problem["code"]) == (422, "invalid")
        assert [error["field"] for error in problem["errors"]] == [name]
        assert problem["errors"][0]["message"]

    @pytest.mark.parametrize("asked", ["education=", "sort=", "pay_min=", "region=", "agency=&agency=", "near=%20"])
    def test_a_blank_value_is_a_mistake_of_the_program_that_asks(
        self, client: Client, stocked: TantivyEngine, asked: str
    ) -> None:
        answer = client.get(f"/api/v1/jobs?{asked}")
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == [asked.split("=")[0]]
        assert client.get(f"/jobs?{asked}").status_code == 200

    def test_the_same_value_many_times_is_many_values(self, client: Client, stocked: TantivyEngine) -> None:
        assert client.get("/api/v1/jobs", {"region": ["510000"] * 21}).status_code == 422

    def test_all_faults_are_named_at_once(self, client: Client, stocked: TantivyEngine) -> None:
        problem = client.get("/api/v1/jobs", {"size": "0", "sort": "x", "pay_min": "y"}).json()
        assert {error["field"] for error in problem["errors"]} == {"size", "sort", "pay_min"}

    def test_they_are_those_of_the_page(self, client: Client, stocked: TantivyEngine) -> None:
        documented = {parameter["name"] for parameter in ALL}
        page = client.get("/jobs", {"q": "焊工", "size": 1})
        used = {name for link in links_of(page, r"^\?") for name, _ in parse_qsl(link[1:], keep_blank_values=True)}
        assert used >= {"q", "region", "pay_min", "education", "experience", "posted_within", "sort", "cursor", "page"}
        assert used <= documented

    @pytest.mark.parametrize(
        "asked", ["q=焊工&region=510000", "occupation=6-00-00-00&pay_max=8000", "education=70&sort=pay", "experience=1"]
    )
    def test_they_find_the_same_as_on_the_page(self, client: Client, stocked: TantivyEngine, asked: str) -> None:
        page = links_of(client.get(f"/jobs?{asked}"), r"^/jobs/[0-9a-f-]{36}$")
        items = client.get(f"/api/v1/jobs?{asked}").json()["items"]
        assert [item["url"] for item in items] == page


class TestAPosting:
    def test_it_has_every_legal_element(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        one = posting(skills=["识图"], benefits=["五险一金"])
        with django_assert_num_queries(2):
            answer = client.get(f"/api/v1/jobs/{one.id}")
        assert_is_public(answer)
        job = answer.json()
        assert job["id"] == str(one.id)
        for name in ("title", "duties", "requirements", "working_conditions", "headcount", "employment_type"):
            assert job[name] == getattr(one, name)
        assert job["employer"]["name"] == one.employer.legal_name
        assert job["agency"]["licence_number"] == one.agency.licence_number
        assert job["for_employer"] is True
        assert job["published_at"].endswith("Z")

    def test_one_that_has_closed_is_gone(self, client: Client) -> None:
        answer = client.get(f"/api/v1/jobs/{posting(state='withdrawn', closed_at=clock.now()).id}")
        assert (answer.status_code, answer.json()["code"]) == (410, "gone")

    def test_one_that_never_was_public_answers_like_one_that_is_not_there(self, client: Client) -> None:
        hidden = client.get(f"/api/v1/jobs/{posting(state='draft').id}")
        absent = client.get("/api/v1/jobs/00000000-0000-7000-8000-000000000000")
        assert hidden.status_code == absent.status_code == 404
        assert {**hidden.json(), "request_id": ""} == {**absent.json(), "request_id": ""}


class TestMembers:
    def test_fields_leaves_members_out_of_items(self, client: Client, stocked: TantivyEngine) -> None:
        (item,) = ask(client, q="会计", fields="title,pay_min")["items"]
        assert set(item) == {"id", "title", "pay_min"}

    def test_fields_leaves_members_out_of_a_posting(self, client: Client) -> None:
        answer = client.get(f"/api/v1/jobs/{posting().id}", {"fields": "agency"})
        assert set(answer.json()) == {"id", "agency"}

    def test_expand_adds_each_organisation_once(
        self, client: Client, engine: TantivyEngine, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        agency, employer = organisations.agency(), organisations.employer(is_certified=True)
        posting(agency, employer=employer)
        posting(agency, employer=employer, title="另一个")
        posting(agency, title="没有主页的单位")
        index_all()
        with django_assert_num_queries(2):
            included = ask(client, expand="agency,employer")["included"]
        assert [one["licence_number"] for one in included["agencies"]] == [agency.licence_number]
        assert [one["id"] for one in included["employers"]] == [str(employer.id)]
        assert ask(client)["included"] == {"agencies": [], "employers": []}

    def test_expand_has_smaller_pages(self, client: Client, stocked: TantivyEngine) -> None:
        answer = client.get("/api/v1/jobs", {"expand": "agency", "size": 51})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "size")


class TestCaching:
    def test_a_search_that_finds_the_same_is_not_sent_again(self, client: Client, stocked: TantivyEngine) -> None:
        first = client.get("/api/v1/jobs", {"q": "焊工"})
        assert first.headers["ETag"].startswith("W/")
        again = client.get("/api/v1/jobs", {"q": "焊工"}, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        posting(title="焊工")
        index_all()
        changed = client.get("/api/v1/jobs", {"q": "焊工"}, headers={"If-None-Match": first.headers["ETag"]})
        assert changed.status_code == 200

    def test_a_posting_has_a_strong_tag_that_compression_makes_weak(self, client: Client) -> None:
        address = f"/api/v1/jobs/{posting().id}"
        plain = client.get(address).headers["ETag"]
        packed = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert packed.headers["ETag"] == f"W/{plain}"
        assert client.get(address, headers={"If-None-Match": packed.headers["ETag"]}).status_code == 304
