"""The card app without its pages, for browser tests and scripts: it does what its holder would tap.

`POST /phone/{number}/authorize {"url": …, "answer": "agree"|"refuse"}` → `{"location": …}`: `url` is the
authorisation URL the browser was sent to, `location` the one it would be sent back to.

`POST /phone/{number}/scan {"qr": …, "choice": "42", "answer": "approve"|"refuse"}` → `{"state", "choices"}`: opens
the QR code's content and answers; with neither `choice` nor `answer` it is only opened.
"""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import Blueprint, Response, abort, jsonify, request
from werkzeug.datastructures import MultiDict

from jiuye.sandbox import people
from jiuye.sandbox.essc import authorization_request, grants, qr_requests
from jiuye.sandbox.essc.scanning import token_in
from jiuye.sandbox.essc.service import Answer, misbehave, problem
from jiuye.sandbox.people import Person
from jiuye.sandbox.store import store

hooks = Blueprint("hooks", __name__, url_prefix="/phone/<number>")
hooks.before_request(misbehave)


def _holder(number: str) -> Person:
    holder = people.by_phone(number)
    if holder is None:
        abort(404)
    return holder


def _body() -> dict[str, Any]:
    body = request.get_json()
    if not isinstance(body, dict):
        abort(400)
    return body


@hooks.post("/authorize")
def authorize(number: str) -> Answer | Response:
    """Answer an authorisation request (同意 or 拒绝); a faulty one gets the provider's error."""
    holder, body = _holder(number), _body()
    given = MultiDict(parse_qsl(urlsplit(str(body.get("url", ""))).query, keep_blank_values=True))
    try:
        wanted = authorization_request.read(given)
    except authorization_request.Unredirectable as fault:
        return problem(400, "invalid_request", str(fault))
    except authorization_request.Faulty as fault:
        return jsonify(location=fault.url)
    if body.get("answer", "agree") != "agree":
        return jsonify(location=wanted.refused())
    with store().writing() as database:
        code = grants.issue_code(database, wanted.grant(holder.phone))
    return jsonify(location=wanted.answer(code=code))


@hooks.post("/scan")
def scan(number: str) -> Answer | Response:
    """Open a QR code and answer it."""
    holder, body = _holder(number), _body()
    token = token_in(str(body.get("qr", "")))
    try:
        if token is None:
            raise LookupError("not a code of ours")
        known = qr_requests.scan(token, holder.phone)
        if body.get("choice") or body.get("answer"):
            agrees = body.get("answer", "approve") == "approve"
            known = qr_requests.answer(token, holder.phone, agrees=agrees, choice=str(body.get("choice", "")))
    except LookupError as fault:
        return problem(404, "invalid_request", str(fault))
    return jsonify(state=known.state, choices=list(known.choices))
