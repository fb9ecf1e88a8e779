"""`/essc/qr`: the website's interface to QR requests."""

import re

from flask import Blueprint, jsonify, request, url_for

from jiuye.sandbox.essc import clients, qr_requests
from jiuye.sandbox.essc.grants import CHALLENGE
from jiuye.sandbox.essc.provider import unauthenticated
from jiuye.sandbox.essc.service import Answer, misbehave, problem

qr_api = Blueprint("qr_api", __name__, url_prefix="/essc/qr")
qr_api.before_request(misbehave)
LONGEST_SECONDS = 120
_TWO_DIGITS = re.compile(r"[0-9]{2}")


def _ask(client_id: str) -> qr_requests.Ask:
    """Parse the form of a new request. Raise ValueError with a text that says what is wrong."""
    given = request.form
    if any(len(values) > 1 for values in given.listvalues()):
        raise ValueError("a parameter is repeated")
    scope, nonce, match = given.get("scope", ""), given.get("nonce", ""), given.get("match", "")
    seconds, challenge = given.get("expires_in", str(LONGEST_SECONDS)), given.get("code_challenge", "")
    if "openid" not in scope.split() or len(scope) > 200:
        raise ValueError("scope must contain openid")
    if not 8 <= len(nonce) <= 200:
        raise ValueError("nonce: 8 to 200 characters")
    if given.get("code_challenge_method") != "S256" or not CHALLENGE.fullmatch(challenge):
        raise ValueError("PKCE with code_challenge_method S256 is required")
    if not _TWO_DIGITS.fullmatch(match):
        raise ValueError("match: two digits")
    if not (seconds.isascii() and seconds.isdigit() and 1 <= int(seconds[:4]) <= LONGEST_SECONDS):
        raise ValueError(f"expires_in: 1 to {LONGEST_SECONDS}")
    device = given.get("device", "").strip()[:80]
    return qr_requests.Ask(client_id, scope, nonce, challenge, match, device, int(seconds))


@qr_api.post("")
def make_qr_request() -> Answer:
    """201 with the QR code's content (`qr_uri`) and the website's id of the request (`reference`)."""
    client = clients.authenticated()
    if client is None:
        return unauthenticated()
    try:
        ask = _ask(client.id)
    except ValueError as fault:
        return problem(400, "invalid_request", str(fault))
    made = qr_requests.make(ask)
    uri = url_for("scanning.scan", token=made.token, _external=True)
    return jsonify(reference=made.reference, qr_uri=uri, expires_in=ask.seconds, interval=1), 201


@qr_api.post("/<reference>")
def follow_qr_request(reference: str) -> Answer:
    """The state of the request, with its code until that is redeemed."""
    client = clients.authenticated()
    if client is None:
        return unauthenticated()
    try:
        known, code = qr_requests.follow(reference, client.id)
    except LookupError:
        return problem(404, "invalid_request", "no such request")
    return jsonify(state=known.state, **({"code": code} if code else {})), 200
