"""`/sms/messages`: the gateway's HTTP interface."""

import hmac
import time
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from jiuye.sandbox import numbers
from jiuye.sandbox.sms import messages, receipts
from jiuye.sandbox.store import store
from jiuye.sandbox.switches import Service, Switch

SMS = Service(
    name="sms",
    label="短信网关",
    summary="平台通过它发送验证码和通知。",
    switches=(
        Switch("outage", "flag", "停机", "所有请求一律回答 503。"),
        Switch("reject", "flag", "拒收", "每条短信都回答 422，表示网关不肯发送。"),
        Switch("fail", "flag", "投递失败", "照常收下，但手机收不到，回执为“失败”。"),
        Switch("duplicate", "flag", "重复投递", "同一条短信，手机会收到两次，回执也来两次。"),
        Switch("lose_receipts", "flag", "丢失回执", "照常投递，但不把结果告诉平台。"),
        Switch("delay", "seconds", "投递延迟", "收下以后，过这么多秒手机才收到。"),
        Switch("slow", "seconds", "应答迟缓", "过这么多秒才回答，用来试超时。"),
    ),
)
sms = Blueprint("sms", __name__, url_prefix="/sms")

Answer = tuple[Response, int]


def problem(status: int, code: str, message: str) -> Answer:
    """Return an error in this gateway's format."""
    return jsonify(error=code, message=message), status


@sms.before_request
def misbehave_or_authorise() -> Answer | None:
    """Apply the switches, then check the bearer token (a gateway that is down checks none)."""
    switched = SMS.values()
    if switched["slow"]:
        time.sleep(switched["slow"])
    if switched["outage"]:
        return problem(503, "outage", "the gateway is down")
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(token.encode(), current_app.config["SMS_TOKEN"].encode()):
        return problem(401, "unauthorised", "a valid bearer token is needed")
    return None


def _submission(body: Any) -> messages.Submission:
    """Parse and check a message's JSON. Raise ValueError with a text that says what is wrong."""
    if not isinstance(body, dict):
        raise ValueError("a JSON object is expected")
    longest = {"message_id": 100, "phone": 20, "template": 100, "text": 500}
    for name, most in longest.items():
        if not isinstance(body.get(name), str) or not 1 <= len(body[name]) <= most:
            raise ValueError(f"{name}: a string of 1 to {most} characters")
    phone = numbers.national(body["phone"])
    if not phone:
        raise ValueError("phone: a mainland mobile number")
    params = body.get("params", {})
    if not isinstance(params, dict) or not all(isinstance(value, str) for value in params.values()):
        raise ValueError("params: an object of strings")
    return messages.Submission(body["message_id"], phone, body["template"], params, body["text"])


@sms.post("/messages")
def take_message() -> Answer:
    """202 with the gateway's id; a repeated `message_id` gets the same answer and sends nothing more."""
    try:
        sent = _submission(request.get_json(silent=True))
    except ValueError as fault:
        return problem(400, "invalid", str(fault))
    with store().writing() as database:
        switched = SMS.values_in(database)
        if switched["reject"]:
            return problem(422, "rejected", "the gateway does not send this message")
        is_new = messages.find(database, sent.message_id) is None
        copies = 0 if switched["fail"] else 2 if switched["duplicate"] else 1
        try:
            taken = messages.accept(database, sent, delay=switched["delay"], copies=copies)
        except messages.Conflict:
            return problem(409, "conflict", "message_id was used for another message")
        if is_new and not switched["lose_receipts"]:
            receipts.promise(database, taken, site=current_app.config["SITE"])
    return jsonify(provider_id=taken.provider_id, message_id=sent.message_id, status="accepted"), 202


@sms.get("/messages/<message_id>")
def receipt(message_id: str) -> Answer:
    """The delivery report: status `accepted`, `delivered` or `failed`; times are Unix seconds."""
    with store().open() as database:
        message = messages.find(database, message_id)
    if message is None:
        return problem(404, "unknown", "no such message")
    delivered = message.due_at if message.status == "delivered" else None
    return jsonify(
        provider_id=message.provider_id,
        message_id=message.submission.message_id,
        status=message.status,
        accepted_at=message.accepted_at,
        delivered_at=delivered,
    ), 200
