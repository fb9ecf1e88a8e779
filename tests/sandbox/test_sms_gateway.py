"""The SMS gateway: what a sender may rely on, and its faults."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.sandbox.sending import BEARER, press, received, send, submission


def status_of(client: FlaskClient, message_id: str) -> str:
    answer: str = client.get(f"/sms/messages/{message_id}", headers=BEARER).get_json()["status"]
    return answer


def test_a_message_is_accepted_and_reaches_the_phone(visitor: FlaskClient) -> None:
    answer = send(visitor)

    assert answer.status_code == 202
    assert answer.get_json()["provider_id"]
    assert [message["code"] for message in received(visitor)] == ["483920"]
    assert status_of(visitor, "m-1") == "delivered"


def test_the_receipt_is_found_by_the_gateways_id_too(visitor: FlaskClient) -> None:
    provider_id = send(visitor).get_json()["provider_id"]

    assert status_of(visitor, provider_id) == "delivered"


def test_the_same_id_again_gets_the_same_answer_and_no_second_message(visitor: FlaskClient) -> None:
    first, second = send(visitor), send(visitor)

    assert (second.status_code, second.get_json()) == (first.status_code, first.get_json())
    assert len(received(visitor)) == 1


def test_the_same_id_for_another_message_is_refused(visitor: FlaskClient) -> None:
    send(visitor)

    assert send(visitor, text="【就业在线】另一条短信").status_code == 409
    assert len(received(visitor)) == 1


@pytest.mark.parametrize("header", ["", "Bearer wrong", "Basic c2FuZGJveA=="])
def test_nothing_is_sent_without_the_token(visitor: FlaskClient, header: str) -> None:
    answer = visitor.post("/sms/messages", json=submission(), headers={"Authorization": header})

    assert answer.status_code == 401
    assert received(visitor) == []


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
def test_a_malformed_message_is_refused_with_the_reason(visitor: FlaskClient, fault: dict[str, Any]) -> None:
    answer = send(visitor, **fault)

    assert answer.status_code == 400
    assert next(iter(fault)) in answer.get_json()["message"]


def test_an_unknown_message_has_no_receipt(visitor: FlaskClient) -> None:
    assert visitor.get("/sms/messages/nobody", headers=BEARER).status_code == 404


def test_in_an_outage_every_request_is_answered_503(visitor: FlaskClient) -> None:
    press(visitor, outage=1)

    assert send(visitor).status_code == 503
    assert received(visitor) == []


def test_a_rejecting_gateway_sends_nothing(visitor: FlaskClient) -> None:
    press(visitor, reject=1)

    assert send(visitor).status_code == 422
    assert received(visitor) == []


def test_a_failed_delivery_is_accepted_and_reported_in_the_receipt(visitor: FlaskClient) -> None:
    press(visitor, fail=1)

    assert send(visitor).status_code == 202
    assert status_of(visitor, "m-1") == "failed"
    assert received(visitor) == []


def test_a_delayed_message_is_on_its_way_until_due(visitor: FlaskClient) -> None:
    press(visitor, delay=600)
    send(visitor)

    assert status_of(visitor, "m-1") == "accepted"
    assert received(visitor) == []


def test_a_duplicated_message_arrives_twice(visitor: FlaskClient) -> None:
    press(visitor, duplicate=1)
    send(visitor)

    assert [message["message_id"] for message in received(visitor)] == ["m-1", "m-1"]


def test_a_switch_does_not_change_the_fate_of_earlier_messages(visitor: FlaskClient) -> None:
    send(visitor)
    press(visitor, fail=1)

    assert status_of(visitor, "m-1") == "delivered"


def test_a_code_is_recognised_in_the_text_when_no_parameter_names_it(visitor: FlaskClient) -> None:
    send(visitor, params={}, text="【就业在线】您的验证码是 771204，请勿告诉他人。")

    assert received(visitor)[0]["code"] == "771204"


def test_digits_of_an_ordinary_message_are_not_taken_for_a_code(visitor: FlaskClient) -> None:
    send(visitor, params={}, text="【就业在线】面试时间 20260603，地点春晖路。")

    assert received(visitor)[0]["code"] is None
