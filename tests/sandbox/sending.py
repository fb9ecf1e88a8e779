"""Sending messages to the gateway, as the product does."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories.sandbox import TOKEN

PHONE = "13800000001"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def submission(message_id: str = "m-1", **changes: Any) -> dict[str, Any]:
    """A login code's message as JSON."""
    usual = {
        "message_id": message_id,
        "phone": "+8613800000001",
        "template": "login_code",
        "params": {"code": "483920"},
        "text": "【就业在线】验证码 483920，5 分钟内有效。",
    }
    return {**usual, **changes}


def send(client: FlaskClient, message_id: str = "m-1", **changes: Any) -> TestResponse:
    """Send a message to the gateway with the right token."""
    return client.post("/sms/messages", json=submission(message_id, **changes), headers=BEARER)


def received(client: FlaskClient, phone: str = PHONE) -> list[dict[str, Any]]:
    """What the phone shows, newest first."""
    answer: list[dict[str, Any]] = client.get(f"/sms/inbox/{phone}.json").get_json()["messages"]
    return answer


def press(client: FlaskClient, **switches: float) -> TestResponse:
    """Set a switch."""
    return client.patch("/control/sms/switches", json=switches)
