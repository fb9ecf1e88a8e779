"""The switches, pressed by people and by tests."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.sandbox.sending import press

OFF = {"outage": 0, "reject": 0, "fail": 0, "duplicate": 0, "delay": 0, "slow": 0}


def switches(client: FlaskClient) -> dict[str, float]:
    answer: dict[str, float] = client.get("/control/sms/switches").get_json()
    return answer


def test_everything_is_off_at_first(browser: FlaskClient) -> None:
    assert switches(browser) == OFF


def test_a_change_leaves_the_other_switches(browser: FlaskClient) -> None:
    press(browser, fail=1)
    press(browser, delay=2.5)

    assert switches(browser) == {**OFF, "fail": 1, "delay": 2.5}


def test_one_request_releases_them_all(browser: FlaskClient) -> None:
    press(browser, fail=1, delay=3)

    assert browser.delete("/control/sms/switches").get_json() == OFF
    assert switches(browser) == OFF


@pytest.mark.parametrize("wrong", [{"unheard_of": 1}, {"fail": 2}, {"delay": -1}, {"delay": 601}, {"delay": "3"}, []])
def test_a_wrong_value_changes_nothing(browser: FlaskClient, wrong: Any) -> None:
    answer = browser.patch("/control/sms/switches", json={"outage": 1, **wrong} if wrong else wrong)

    assert answer.status_code == 400
    assert switches(browser) == OFF


def test_an_unknown_service_has_no_switches(browser: FlaskClient) -> None:
    assert browser.get("/control/telegraph/switches").status_code == 404


def test_the_form_sets_what_is_ticked_and_clears_the_rest(browser: FlaskClient) -> None:
    press(browser, fail=1)

    answer = browser.post("/control/sms", data={"outage": "1", "delay": "5"}, follow_redirects=True)

    assert "短信网关的开关已保存" in answer.get_data(as_text=True)
    assert switches(browser) == {**OFF, "outage": 1, "delay": 5}


def test_a_wrong_form_keeps_the_switches_and_says_why(browser: FlaskClient) -> None:
    answer = browser.post("/control/sms", data={"outage": "1", "delay": "很久"})

    assert answer.status_code == 400
    assert "0 到 600" in answer.get_data(as_text=True)
    assert switches(browser) == OFF


def test_a_foreign_page_cannot_press_a_switch(browser: FlaskClient) -> None:
    answer = browser.post("/control/sms", data={"outage": "1"}, headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 403
    assert switches(browser) == OFF


def test_every_answer_carries_a_strict_policy(browser: FlaskClient) -> None:
    for path in ("/phone", "/control", "/livez", "/nowhere", "/static/sandbox.css"):
        policy = browser.get(path).headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
