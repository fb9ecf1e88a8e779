"""The switches, on the page and as JSON."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.sandbox.sending import press

OFF = {"outage": 0, "reject": 0, "fail": 0, "duplicate": 0, "lose_receipts": 0, "delay": 0, "slow": 0}


def switches(client: FlaskClient) -> dict[str, float]:
    answer: dict[str, float] = client.get("/control/sms/switches").get_json()
    return answer


def test_everything_is_off_at_first(visitor: FlaskClient) -> None:
    assert switches(visitor) == OFF


def test_a_change_leaves_the_other_switches(visitor: FlaskClient) -> None:
    press(visitor, fail=1)
    press(visitor, delay=2.5)

    assert switches(visitor) == {**OFF, "fail": 1, "delay": 2.5}


def test_one_request_releases_them_all(visitor: FlaskClient) -> None:
    press(visitor, fail=1, delay=3)

    assert visitor.delete("/control/sms/switches").get_json() == OFF
    assert switches(visitor) == OFF


@pytest.mark.parametrize("wrong", [{"unheard_of": 1}, {"fail": 2}, {"delay": -1}, {"delay": 601}, {"delay": "3"}, []])
def test_a_wrong_value_changes_nothing(visitor: FlaskClient, wrong: Any) -> None:
    answer = visitor.patch("/control/sms/switches", json={"outage": 1, **wrong} if wrong else wrong)

    assert answer.status_code == 400
    assert switches(visitor) == OFF


def test_an_unknown_service_has_no_switches(visitor: FlaskClient) -> None:
    assert visitor.get("/control/telegraph/switches").status_code == 404


def test_the_form_sets_what_is_ticked_and_clears_the_rest(visitor: FlaskClient) -> None:
    press(visitor, fail=1)

    answer = visitor.post("/control/sms", data={"outage": "1", "delay": "5"}, follow_redirects=True)

    assert "短信网关的开关已保存" in answer.get_data(as_text=True)
    assert switches(visitor) == {**OFF, "outage": 1, "delay": 5}


def test_a_wrong_form_keeps_the_switches_and_says_why(visitor: FlaskClient) -> None:
    answer = visitor.post("/control/sms", data={"outage": "1", "delay": "很久"})

    assert answer.status_code == 400
    assert "0 到 600" in answer.get_data(as_text=True)
    assert switches(visitor) == OFF


def test_a_foreign_page_cannot_press_a_switch(visitor: FlaskClient) -> None:
    answer = visitor.post("/control/sms", data={"outage": "1"}, headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 403
    assert switches(visitor) == OFF


def test_every_answer_carries_a_strict_policy(visitor: FlaskClient) -> None:
    for path in ("/phone", "/control", "/livez", "/nowhere", "/static/sandbox.css"):
        policy = visitor.get(path).headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
