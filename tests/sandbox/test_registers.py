"""The registers: what their clients may rely on, their faults, and the page for people."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from jiuye.sandbox import people, signatures
from jiuye.sandbox.registers import codes, tries
from jiuye.sandbox.registers.entries import ENTERPRISES, INSTITUTIONS, LICENCES
from tests.factories.sandbox import REGISTERS_KEY
from tests.sandbox.conftest import Clock

CODE = codes.invented("91", "MACHK0001")
NUMBER = "(川)人服证字[2025]第5101990777号"


def look_up(
    client: FlaskClient, key: Any, register: str = "enterprises", signed_by: str = REGISTERS_KEY
) -> TestResponse:
    """POST the question, signed."""
    path, content = f"/registers/{register}/lookups", json.dumps({"key": key}).encode()
    headers = signatures.sign(signed_by, "POST", path, content)
    return client.post(path, data=content, headers=headers, content_type="application/json")


def enter(client: FlaskClient, *entries: Any, register: str = "enterprises") -> TestResponse:
    return client.post(f"/registers/{register}/entries", json={"entries": entries})


def text(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


def test_what_was_entered_is_found_with_what_was_filled_in(visitor: FlaskClient) -> None:
    (entered,) = enter(visitor, {"credit_code": CODE, "legal_name": "成都某某有限公司"}).get_json()["entries"]

    assert look_up(visitor, CODE).get_json() == {"found": True, "entry": entered}
    assert (entered["kind"], entered["status"], entered["expires_on"]) == ("company", "active", None)
    assert entered["legal_representative"].endswith("**")


def test_what_is_filled_in_is_the_same_every_time(visitor: FlaskClient) -> None:
    given = {"credit_code": CODE, "legal_name": "成都某某有限公司"}

    assert enter(visitor, given).get_json() == enter(visitor, given).get_json()


def test_entering_again_replaces(visitor: FlaskClient) -> None:
    enter(visitor, {"credit_code": CODE, "legal_name": "成都某某有限公司"})
    enter(visitor, {"credit_code": CODE, "legal_name": "成都某某有限公司", "status": "revoked"})

    assert look_up(visitor, CODE).get_json()["entry"]["status"] == "revoked"


def test_what_nobody_entered_is_not_found(visitor: FlaskClient) -> None:
    assert look_up(visitor, CODE).get_json() == {"found": False, "entry": None}


@pytest.mark.parametrize(
    ("register", "entry"),
    [
        ("enterprises", {"credit_code": CODE[:17], "legal_name": "成都某某有限公司"}),
        ("enterprises", {"credit_code": CODE}),
        ("enterprises", {"credit_code": CODE, "legal_name": "成都某某有限公司", "status": "asleep"}),
        ("enterprises", {"credit_code": CODE, "legal_name": "成都某某有限公司", "established_on": "long ago"}),
        ("enterprises", {"credit_code": CODE, "legal_name": "成都某某有限公司", "colour": "red"}),
        ("licences", {"credit_code": CODE, "number": NUMBER}),
        ("licences", {"credit_code": CODE, "number": NUMBER, "holder_name": "某某", "scope": "职业介绍"}),
        ("enterprises", 7),
    ],
)
def test_a_malformed_entry_is_refused_with_all_that_came_with_it(
    visitor: FlaskClient, register: str, entry: Any
) -> None:
    whole = {"credit_code": CODE, "legal_name": "成都某某有限公司"}

    assert enter(visitor, whole, entry, register=register).status_code == 400
    assert look_up(visitor, CODE).get_json()["found"] is False


@pytest.mark.parametrize(
    ("register", "key"),
    [("enterprises", "91"), ("enterprises", None), ("institutions", CODE[:-1] + "!"), ("licences", "")],
)
def test_a_malformed_key_is_refused(visitor: FlaskClient, register: str, key: Any) -> None:
    assert look_up(visitor, key, register).status_code == 400


def test_an_unknown_register_is_not_there(visitor: FlaskClient) -> None:
    assert look_up(visitor, CODE, "vehicles").status_code == 404


def test_nothing_is_told_without_a_signature_that_fits(visitor: FlaskClient) -> None:
    assert visitor.post("/registers/enterprises/lookups", json={"key": CODE}).status_code == 401
    assert look_up(visitor, CODE, signed_by="another").status_code == 401


@pytest.mark.parametrize(("switch", "status"), [("outage", 503), ("fail", 500)])
def test_a_switch_is_for_one_register(visitor: FlaskClient, switch: str, status: int) -> None:
    visitor.patch("/control/enterprises/switches", json={switch: 1})

    assert look_up(visitor, CODE).status_code == status
    assert look_up(visitor, NUMBER, "licences").status_code == 200


# Organisations for tries by hand.


def test_everything_for_tries_is_found_where_it_says(visitor: FlaskClient) -> None:
    for one in tries.everything():
        for register in (ENTERPRISES, INSTITUTIONS):
            told = look_up(visitor, one.code, register.name).get_json()
            assert told["entry"] == one.found_in(register), one.shows
        if one.licence:
            assert look_up(visitor, one.licence["number"], LICENCES.name).get_json()["entry"] == one.licence


def test_their_codes_are_different_and_belong_to_nobody() -> None:
    codes_of_tries = [one.code for one in tries.everything()]

    assert len(set(codes_of_tries)) == len(codes_of_tries)
    assert all(codes.is_code(code) and code[2:8] == "990001" for code in codes_of_tries)


def test_their_dates_move_with_the_days(clock: Clock) -> None:
    def expiries() -> list[str]:
        return [one.licence["expires_on"] for one in tries.everything() if one.licence]

    before = expiries()
    clock.forward(24 * 3600)

    assert all(later > earlier for later, earlier in zip(expiries(), before, strict=True))


# The page.


def test_the_page_lists_what_can_be_tried(visitor: FlaskClient) -> None:
    shown = text(visitor.get("/registers"))

    for one in tries.everything():
        assert one.code in shown
        assert one.shows in shown


def test_an_organisation_registered_by_form_is_found(visitor: FlaskClient) -> None:
    form = {"legal_name": "成都新来人力资源服务有限公司", "kind": "company", "status": "active", "with_licence": "1"}
    answer = visitor.post("/registers", data=form, follow_redirects=True)
    code = answer.request.args["asked"]

    entry = look_up(visitor, code).get_json()["entry"]

    assert (entry["legal_name"], entry["kind"]) == ("成都新来人力资源服务有限公司", "company")
    assert "职业中介活动" in entry["business_scope"]
    assert "(川)人服证字[" in text(answer)


def test_a_typed_code_and_number_are_kept(visitor: FlaskClient) -> None:
    form = {"legal_name": "成都新来有限公司", "kind": "company", "status": "revoked", "credit_code": CODE.lower()}
    visitor.post("/registers", data={**form, "with_licence": "1", "number": NUMBER, "expires_on": "2027-12-31"})

    assert look_up(visitor, CODE).get_json()["entry"]["status"] == "revoked"
    licence = look_up(visitor, NUMBER, "licences").get_json()["entry"]
    assert (licence["credit_code"], licence["expires_on"]) == (CODE, "2027-12-31")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"legal_name": ""}, "请填写单位名称"),
        ({"credit_code": CODE[:17] + "?"}, "校验位不对"),
        ({"kind": "government", "status": "revoked"}, "没有“吊销”"),
        ({"with_licence": "1", "expires_on": "明年"}, "请填日期"),
    ],
)
def test_a_wrong_form_says_why_and_keeps_what_was_typed(visitor: FlaskClient, wrong: dict[str, str], said: str) -> None:
    form = {"legal_name": "成都新来有限公司", "kind": "company", "status": "active", "number": "留着", **wrong}
    answer = visitor.post("/registers", data=form)

    assert answer.status_code == 400
    assert said in text(answer)
    assert "留着" in text(answer)


def test_the_page_answers_a_question(visitor: FlaskClient) -> None:
    known = tries.everything()[0]

    assert "没有查到" in text(visitor.get("/registers", query_string={"asked": CODE}))
    assert "法定代表人" in text(visitor.get("/registers", query_string={"asked": known.code}))


def test_the_page_lists_the_newest_questions(visitor: FlaskClient) -> None:
    assert "平台还没有来查过" in text(visitor.get("/registers"))

    look_up(visitor, CODE)

    assert f"<code>{CODE}</code>" in text(visitor.get("/registers"))


def test_people_for_tries_are_insured_with_organisations_for_tries() -> None:
    firms = {one.entry["legal_name"] for one in tries.everything() if one.register is ENTERPRISES and one.entry}
    insured = {one.employments[0].employer for one in people.everyone() if "试用" in one.note}

    assert len(insured) == 2
    assert insured <= firms
