"""The records office: what its clients may rely on, and its faults."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from jiuye.sandbox import signatures
from jiuye.sandbox.registers import tries
from tests.factories.sandbox import AUTHORITY_KEY
from tests.sandbox.asking import ask, fetch, id_number_of, press, question
from tests.sandbox.conftest import Clock
from tests.sandbox.receiving import Site, tell


def answered(visitor: FlaskClient, clock: Clock, request: dict[str, Any]) -> dict[str, Any]:
    """The answer once it is there."""
    assert ask(visitor, request).status_code == 202
    clock.forward(2)
    told: dict[str, Any] = fetch(visitor, request["request_id"]).get_json()
    return told


def test_an_answer_comes_a_little_later(visitor: FlaskClient, world: Flask, clock: Clock) -> None:
    assert ask(visitor, question(world)).get_json() == {"request_id": "r-1", "status": "accepted"}
    assert fetch(visitor).get_json() == {"request_id": "r-1", "status": "pending"}

    clock.forward(2)

    told = fetch(visitor).get_json()
    assert (told["status"], told["outcome"], told["source"]) == ("answered", "verified", "社会保险参保记录")
    assert told["answered_at"].endswith("+08:00")


def test_the_same_request_again_is_the_same_request(
    visitor: FlaskClient, world: Flask, site: Site, clock: Clock
) -> None:
    first, second = ask(visitor, question(world)), ask(visitor, question(world))
    clock.forward(2)

    assert (second.status_code, second.get_json()) == (first.status_code, first.get_json())
    assert tell(world) == len(site.heard) == 1


def test_the_same_id_for_another_request_is_refused(visitor: FlaskClient, world: Flask) -> None:
    ask(visitor, question(world))

    assert ask(visitor, question(world, name="林知秋")).status_code == 409


def test_an_unknown_request_has_no_answer(visitor: FlaskClient) -> None:
    assert fetch(visitor, "nobody").status_code == 404


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ({"request_id": ""}, "request_id"),
        ({"kind": "credit"}, "kind"),
        ({"name": None}, "name"),
        ({"claims": []}, "claims"),
        ({"claims": {"employer": "某公司", "start": "2022"}}, "claims.start"),
        ({"claims": {"employer": "", "start": "2022-07"}}, "claims.employer"),
        ({"claims": {"employer": "某公司", "start": "2022-07", "salary": "1"}}, "salary"),
        ({"callback_url": "https://elsewhere.example/callbacks/authority"}, "callback_url"),
    ],
)
def test_a_malformed_request_is_refused_with_the_reason(
    visitor: FlaskClient, world: Flask, fault: dict[str, Any], named: str
) -> None:
    refused = ask(visitor, question(world, **fault))

    assert refused.status_code == 400
    assert named in refused.get_json()["message"]


def test_an_answer_is_not_sent_to_an_address_that_only_begins_like_the_site(visitor: FlaskClient, world: Flask) -> None:
    refused = ask(visitor, question(world, callback_url=world.config["SITE"] + ".elsewhere.example/callbacks"))

    assert refused.status_code == 400


# Authentication.


def test_nothing_is_told_without_a_signature(visitor: FlaskClient, world: Flask) -> None:
    assert visitor.post("/authority/requests", json=question(world)).status_code == 401
    assert visitor.get("/authority/requests/r-1").status_code == 401


def test_another_key_signs_nothing(visitor: FlaskClient, world: Flask) -> None:
    assert ask(visitor, question(world), key="another").status_code == 401


def test_a_signature_is_for_one_path_and_one_body(visitor: FlaskClient) -> None:
    signed = signatures.sign(AUTHORITY_KEY, "GET", "/authority/requests/r-1", b"")

    assert visitor.get("/authority/requests/r-2", headers=signed).status_code == 401
    assert visitor.post("/authority/requests/r-1", data=b"{}", headers=signed).status_code in (401, 405)


def test_a_signature_counts_once(visitor: FlaskClient) -> None:
    path = "/authority/requests/r-1"
    signed = signatures.sign(AUTHORITY_KEY, "GET", path, b"")

    assert [visitor.get(path, headers=signed).status_code for _ in range(2)] == [404, 401]


def test_a_signature_is_stale_after_five_minutes(visitor: FlaskClient, clock: Clock) -> None:
    path = "/authority/requests/r-1"
    signed = signatures.sign(AUTHORITY_KEY, "GET", path, b"")
    clock.forward(301)

    assert visitor.get(path, headers=signed).status_code == 401


# Callbacks.


def test_the_answer_is_told_by_a_callback_too(visitor: FlaskClient, world: Flask, site: Site, clock: Clock) -> None:
    ask(visitor, question(world))
    assert tell(world) == 0

    clock.forward(2)
    tell(world)

    assert [(heard.path, heard.told) for heard in site.heard] == [("/callbacks/authority", fetch(visitor).get_json())]


def test_a_callback_that_is_not_taken_comes_again_later_and_later(
    visitor: FlaskClient, world: Flask, site: Site, clock: Clock
) -> None:
    site.status = 503
    ask(visitor, question(world))
    clock.forward(2)
    told = []
    for wait in (0.5, 1, 1, 2):
        told.append(tell(world))
        clock.forward(wait)
    site.status = 204
    tell(world)
    clock.forward(600)

    assert told == [1, 0, 1, 0]
    assert tell(world) == 0
    assert len(site.heard) == 3


def test_a_callback_nobody_ever_takes_is_given_up(visitor: FlaskClient, world: Flask, site: Site, clock: Clock) -> None:
    site.status = 500
    ask(visitor, question(world))
    for _ in range(20):
        clock.forward(60)
        tell(world)

    assert len(site.heard) == 7


# Switches.


def test_in_an_outage_it_neither_answers_nor_tells(
    visitor: FlaskClient, world: Flask, site: Site, clock: Clock
) -> None:
    ask(visitor, question(world))
    press(visitor, outage=1)
    clock.forward(2)

    assert fetch(visitor).status_code == 503
    assert tell(world) == 0
    press(visitor, outage=0)
    assert tell(world) == 1


def test_a_failing_authority_takes_no_request(visitor: FlaskClient, world: Flask) -> None:
    press(visitor, fail=1)

    assert ask(visitor, question(world)).status_code == 500
    assert fetch(visitor).status_code == 404


def test_a_delay_adds_to_the_usual_second(visitor: FlaskClient, world: Flask, clock: Clock) -> None:
    press(visitor, delay=30)
    ask(visitor, question(world))
    clock.forward(20)
    assert fetch(visitor).get_json()["status"] == "pending"

    clock.forward(20)
    assert fetch(visitor).get_json()["status"] == "answered"


@pytest.mark.parametrize(("switch", "times"), [("answer_twice", 2), ("no_callback", 0), ("forged_signature", 1)])
def test_switches_decide_how_often_it_tells(
    visitor: FlaskClient, world: Flask, site: Site, clock: Clock, switch: str, times: int
) -> None:
    press(visitor, **{switch: 1})
    ask(visitor, question(world))
    clock.forward(2)
    tell(world)

    assert len(site.heard) == times
    assert fetch(visitor).get_json()["outcome"] == "verified"


# The page.


def test_the_page_lists_the_requests_and_their_outcomes(visitor: FlaskClient, world: Flask, clock: Clock) -> None:
    ask(visitor, question(world, "r-1"))
    ask(
        visitor,
        question(world, "r-2", claims={"employer": "杭州澄岸智软件技术有限公司", "start": "2020-01", "end": ""}),
    )
    assert "核验中" in visitor.get("/authority").get_data(as_text=True)

    clock.forward(2)
    tell(world)
    shown = visitor.get("/authority").get_data(as_text=True)

    assert shown.index("r-2") < shown.index("r-1")
    assert "平台已收到" in shown
    assert "记录：2022-07" in shown


def test_the_page_says_what_to_do_while_nothing_has_come(visitor: FlaskClient) -> None:
    assert "还没有收到核验请求" in visitor.get("/authority").get_data(as_text=True)


# Insurances added on the page.


def insure(visitor: FlaskClient, **changes: str) -> Any:
    form = {"phone": "19900000101", "employer": "成都试岚电子有限公司", "start": "2025-01", "end": "", **changes}
    return visitor.post("/authority/insurances", data=form, follow_redirects=True)


def test_an_insurance_added_on_the_page_is_found(visitor: FlaskClient, world: Flask, clock: Clock) -> None:
    assert "已登记叶美玲的参保" in insure(visitor).get_data(as_text=True)
    code = next(one.code for one in tries.everything() if one.entry and "试岚" in one.entry["legal_name"])
    claims = {"employer": "成都试岚电子有限公司", "credit_code": code}
    asked = question(world, name="叶美玲", id_number=id_number_of("叶美玲"), claims=claims)

    assert answered(visitor, clock, asked)["outcome"] == "verified"
    assert "成都试岚电子有限公司，2025-01 至今" in visitor.get("/phone/19900000101/home").get_data(as_text=True)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"phone": "13800000000"}, "没有电子社保卡"), ({"employer": ""}, "单位名称"), ({"start": "去年"}, "2025-03")],
)
def test_a_wrong_insurance_says_why_and_keeps_what_was_typed(
    visitor: FlaskClient, wrong: dict[str, str], said: str
) -> None:
    answer = insure(visitor, **{"end": "2026-01", **wrong})

    assert answer.status_code == 400
    assert said in answer.get_data(as_text=True)
    assert "2026-01" in answer.get_data(as_text=True)
