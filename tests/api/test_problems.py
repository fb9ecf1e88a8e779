"""Refusals: every fault at once, where it is, its rule, and how to correct it."""

import json
from datetime import date
from typing import Any, Literal

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import include, path
from ninja import NinjaAPI, Query, Router

from jiuye.api.faults import of_faults
from jiuye.api.problems import of_error, raise_errors
from jiuye.api.readers import Limits, Readers
from jiuye.api.routes import LARGEST_BODY, routes
from jiuye.api.signatures import NOTHING, KeptJson
from jiuye.api.v1.strict import StrictBody
from jiuye.domains.jobs.actions.checks import Screened
from jiuye.domains.jobs.screening import screen
from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.errors import Fault, Invalid, Refused
from tests.factories.jobs import posting


class Monthly(StrictBody):
    kind: Literal["monthly"]
    least: int


class Hourly(StrictBody):
    kind: Literal["hourly"]
    rate: int


class Section(StrictBody):
    title: str
    on: date | None = None


class Body(StrictBody):
    title: str
    pay: Monthly | Hourly | None = None
    sections: list[Section] = []
    names: dict[str, int] = {}


router = Router()


@router.post("/things")
@access(PUBLIC)
def make_thing(request: HttpRequest, payload: Body, kind: str = "", tag: list[str] = Query([])) -> Any:  # type: ignore[type-arg]  # noqa: B008
    if payload.title == "丢":
        raise Invalid({"title": "换一个。", "sections.0.title": "太短。", "kind": "没有这一种。", "/a~1b": "不行。"})
    if payload.title == "旧":
        raise Refused("被修改过。", code="edited_meanwhile")
    if payload.title == "歧视":
        raise Screened(screen({"title": "只限男性"}))
    return {"title": payload.title}


@router.post("/things/stop")
@access(PUBLIC)
def stop_thing(request: HttpRequest) -> Any:
    return {}


api = NinjaAPI(urls_namespace="of-a-test", docs_url=None, openapi_url=None, parser=KeptJson())
api.add_router("", router)
raise_errors(api)
urlpatterns = [path("api/", include([*routes(api, [router], Readers(Limits(by_address=600, by_channel=600)))]))]
pytestmark = pytest.mark.urls(__name__)


def send(client: Client, body: Any, address: str = "/api/things", **headers: str) -> Any:
    kind = headers.pop("kind", "application/json")
    return client.post(address, body, content_type=kind, headers=headers)


def told(answer: Any) -> set[tuple[str | None, str | None, str]]:
    return {(one["pointer"], one["parameter"], one["rule"]) for one in answer.json()["errors"]}


def test_what_is_good_is_taken(client: Client) -> None:
    body = {"title": "甲", "pay": {"kind": "hourly", "rate": 5}, "sections": [{"title": "乙", "on": "2026-11-29"}]}
    assert send(client, body).json() == {"title": "甲"}


def test_every_fault_comes_at_once_with_its_pointer(client: Client) -> None:
    body = {
        "titel": "甲",
        "pay": {"kind": "hourly", "rate": "5"},
        "sections": [{"title": 1}, {"title": "乙", "on": "29.11."}, {"titles": "丙"}],
        "names": {"a/b": "x"},
    }
    answer = send(client, body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert told(answer) >= {
        ("/title", None, "missing"),
        ("/titel", None, "unknown"),
        ("/pay/rate", None, "type"),
        ("/sections/0/title", None, "type"),
        ("/sections/1/on", None, "notation"),
        ("/sections/2/title", None, "missing"),
        ("/sections/2/titles", None, "unknown"),
        ("/names/a~1b", None, "type"),
    }
    messages = {one["pointer"]: one["message"] for one in answer.json()["errors"]}
    assert "是不是要写 title" in messages["/titel"]
    assert "是不是要写 title" in messages["/sections/2/titles"]


def test_parameters_are_refused_with_the_nearest_name(client: Client) -> None:
    answer = send(client, {"title": "甲"}, "/api/things?knd=a&tag=1&tag=2")
    assert told(answer) == {(None, "knd", "unknown")}
    assert "是不是要写 kind" in answer.json()["errors"][0]["message"]
    assert told(send(client, {"title": "甲"}, "/api/things?kind=a&kind=b")) == {(None, "kind", "repeated")}
    assert told(send(client, {"title": "甲"}, "/api/things?kind=%00")) == {(None, "kind", "characters")}
    assert send(client, {"title": "甲"}, "/api/things?tag=1&tag=2").status_code == 200


def test_what_an_action_refuses_has_the_same_shape(client: Client) -> None:
    answer = send(client, {"title": "丢"})
    assert told(answer) == {
        ("/title", None, "invalid"),
        ("/sections/0/title", None, "invalid"),
        (None, "kind", "invalid"),
        ("/a~1b", None, "invalid"),
    }


def test_screening_names_rule_words_and_law(client: Client) -> None:
    answer = send(client, {"title": "歧视"}).json()
    assert answer["code"] == "screening_stopped"
    (found,) = answer["errors"]
    assert (found["pointer"], found["words"]) == ("/title", "只限男性")
    assert found["rule"]
    assert "妇女权益保障法" in found["legal_basis"]


def test_a_problem_has_the_id_of_its_request(client: Client) -> None:
    answer = send(client, {})
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        ('{"title": ', "application/json", 400, "malformed_json"),
        ("{'title': 1}", "application/json", 400, "malformed_json"),
        ('{"title": NaN}', "application/json", 400, "malformed_json"),
        ('{"title": "\\ud800"}', "application/json", 400, "malformed_json"),
        (b'{"title": "\xff"}', "application/json", 400, "malformed_json"),
        ("[" * 5000, "application/json", 400, "malformed_json"),
        ('{"title": "a\\u0000"}', "application/json", 422, "invalid"),
        ('{"title": "甲"}', "text/plain", 415, "unsupported_media_type"),
        ("title=a", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
        ("[]", "application/json", 422, "invalid"),
        ("", "application/json", 422, "invalid"),
        ("x" * (LARGEST_BODY + 1), "application/json", 413, "too_large"),
    ],
)
def test_bodies_that_are_none(client: Client, body: str | bytes, kind: str, status: int, code: str) -> None:
    answer = send(client, body, kind=kind)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_operation_without_a_body_takes_none(client: Client) -> None:
    assert send(client, "", "/api/things/stop").status_code == 200
    assert send(client, "{}", "/api/things/stop").status_code == 200
    assert send(client, '{"title": "甲"}', "/api/things/stop").status_code == 422


def test_with_a_precondition_what_was_edited_meanwhile_is_412(client: Client) -> None:
    assert send(client, {"title": "旧"}).status_code == 409
    answer = send(client, {"title": "旧"}, If_Match='"v1"')
    assert (answer.status_code, answer.json()["code"]) == (412, "edited_meanwhile")


def test_faults_of_a_part_are_told_below_it() -> None:
    (item,) = of_faults([Fault("title", "换一个。")], NOTHING, at="/items/3")
    assert (item["pointer"], item["field"]) == ("/items/3/title", "title")


@pytest.mark.parametrize(
    ("accepted", "tag"),
    [
        ("", "zh-CN"),
        ("en", "en"),
        ("en-GB,en;q=0.9,zh;q=0.5", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("en;q=0", "zh-CN"),
        ("fr", "zh-CN"),
        ("fr, en;q=0.3", "en"),
        ("*, en;q=0.5", "zh-CN"),
        ("zh;q=x, en;q=0.1", "en"),
    ],
)
def test_the_language_is_the_one_asked_for(client: Client, accepted: str, tag: str) -> None:
    assert send(client, {}, Accept_Language=accepted).headers["Content-Language"] == tag


@pytest.mark.django_db
def test_a_code_that_the_release_knows_but_the_tables_lack_is_a_fault_of_its_field() -> None:
    with transaction.atomic():
        posting(occupation_id="7-04-00-00")
        with connection.cursor() as cursor, pytest.raises(IntegrityError) as refused:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
    answer = of_error(RequestFactory().post("/api/v1/agency/jobs"), refused.value)
    assert answer.status_code == 422
    assert [error["field"] for error in json.loads(answer.content)["errors"]] == ["occupation"]
