"""The SMS gateway: what a sender may rely on, and how it misbehaves when told to."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.sandbox.sending import BEARER, press, received, send, submission


def status_of(client: FlaskClient, message_id: str) -> str:
    answer: str = client.get(f"/sms/messages/{message_id}", headers=BEARER).get_json()["status"]
    return answer


def test_a_message_is_accepted_and_reaches_the_phone(browser: FlaskClient) -> None:
    answer = send(browser)

    assert answer.status_code == 202
    assert answer.get_json()["provider_id"]
    assert [message["code"] for message in received(browser)] == ["483920"]
    assert status_of(browser, "m-1") == "delivered"


def test_the_receipt_is_found_by_the_gateways_id_too(browser: FlaskClient) -> None:
    provider_id = send(browser).get_json()["provider_id"]

    assert status_of(browser, provider_id) == "delivered"


def test_the_same_id_again_gets_the_same_answer_and_no_second_message(browser: FlaskClient) -> None:
    first, second = send(browser), send(browser)

    assert (second.status_code, second.get_json()) == (first.status_code, first.get_json())
    assert len(received(browser)) == 1


def test_the_same_id_for_another_message_is_refused(browser: FlaskClient) -> None:
    send(browser)

    assert send(browser, text="【就业在线】另一条短信").status_code == 409
    assert len(received(browser)) == 1


@pytest.mark.parametrize("header", ["", "Bearer wrong", "Basic c2FuZGJveA=="])
def test_nothing_is_sent_without_the_token(browser: FlaskClient, header: str) -> None:
    answer = browser.post("/sms/messages", json=submission(), headers={"Authorization": header})

    assert answer.status_code == 401
    assert received(browser) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"message_id": ""},
        {"phone": "12345"},
        {"phone": 13800000001},
        {"template": None},
        {"params": {"code": 483920}},
        {"text": ""},
        {"text": "长" * 501},
    ],
)
def test_a_malformed_message_is_refused_with_the_reason(browser: FlaskClient, fault: dict[str, Any]) -> None:
    answer = send(browser, **fault)

    assert answer.status_code == 400
    assert next(iter(fault)) in answer.get_json()["message"]


def test_an_unknown_message_has_no_receipt(browser: FlaskClient) -> None:
    assert browser.get("/sms/messages/nobody", headers=BEARER).status_code == 404


def test_in_an_outage_every_request_is_answered_503(browser: FlaskClient) -> None:
    press(browser, outage=1)

    assert send(browser).status_code == 503
    assert received(browser) == []


def test_a_rejecting_gateway_sends_nothing(browser: FlaskClient) -> None:
    press(browser, reject=1)

    assert send(browser).status_code == 422
    assert received(browser) == []


def test_a_failed_delivery_is_accepted_and_reported_in_the_receipt(browser: FlaskClient) -> None:
    press(browser, fail=1)

    assert send(browser).status_code == 202
    assert status_of(browser, "m-1") == "failed"
    assert received(browser) == []


def test_a_delayed_message_is_on_its_way_until_due(browser: FlaskClient) -> None:
    press(browser, delay=600)
    send(browser)

    assert status_of(browser, "m-1") == "accepted"
    assert received(browser) == []


def test_a_duplicated_message_arrives_twice(browser: FlaskClient) -> None:
    press(browser, duplicate=1)
    send(browser)

    assert [message["message_id"] for message in received(browser)] == ["m-1", "m-1"]


def test_a_switch_does_not_change_the_fate_of_earlier_messages(browser: FlaskClient) -> None:
    send(browser)
    press(browser, fail=1)

    assert status_of(browser, "m-1") == "delivered"


def test_a_code_is_recognised_in_the_text_when_no_parameter_names_it(browser: FlaskClient) -> None:
    send(browser, params={}, text="【就业在线】您的验证码是 771204，请勿告诉他人。")

    assert received(browser)[0]["code"] == "771204"


def test_digits_of_an_ordinary_message_are_not_taken_for_a_code(browser: FlaskClient) -> None:
    send(browser, params={}, text="【就业在线】面试时间 20260603，地点春晖路。")

    assert received(browser)[0]["code"] is None
