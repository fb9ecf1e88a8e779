"""`/essc/scan`: the phone's pages for a QR request."""

import re
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from jiuye.sandbox import people
from jiuye.sandbox.clock import CHINA
from jiuye.sandbox.essc import clients, qr_requests
from jiuye.sandbox.essc.qr_requests import Request
from jiuye.sandbox.essc.service import misbehave_visibly
from jiuye.sandbox.people import Person
from jiuye.sandbox.phone import chosen

scanning = Blueprint("scanning", __name__, url_prefix="/essc/scan", template_folder="templates")
scanning.before_request(misbehave_visibly)
_TOKEN = re.compile(r"(?:.*/essc/scan/)?([A-Za-z0-9_-]{32})/?")


def token_in(text: str) -> str | None:
    """Return the request's token in a QR code's content, None if it is not one of ours."""
    match = _TOKEN.fullmatch(text.strip())
    return match.group(1) if match else None


@scanning.get("")
def scanner() -> AnyResponse | str:
    """The requests currently shown on screens, or a field to paste a code's content."""
    typed = request.args.get("code", "").strip()
    token = token_in(typed)
    if token:
        return redirect(url_for("scanning.scan", token=token), 303)
    return _scanner(typed)


def _scanner(typed: str = "", *, lost: bool = False) -> str:
    return render_template(
        "essc/scanner.html",
        holder=chosen.holder(),
        requests=[(one, _client_name(one), _time(one)) for one in qr_requests.open_requests()],
        typed=typed,
        lost=lost,
    )


@scanning.get("/<token>")
def scan(token: str) -> AnyResponse | str | tuple[str, int]:
    """Open the request, which tells the website that it was scanned; then ask the holder."""
    holder = chosen.holder()
    try:
        if holder is None:
            qr_requests.find(token)
            return _choose(token)
        known = qr_requests.scan(token, holder.phone)
    except LookupError:
        return _scanner(lost=True), 404
    return _show(known, holder)


@scanning.post("/<token>/phone")
def take_scanning_phone(token: str) -> AnyResponse | tuple[str, int]:
    """Choose the phone that scans; the request continues."""
    holder = chosen.picked()
    if holder is None:
        return _choose(token, fault=True), 400
    return chosen.remember(redirect(url_for("scanning.scan", token=token), 303), holder.phone)


def _choose(token: str, *, fault: bool = False) -> str:
    return render_template(
        "essc/whose_phone.html",
        people=people.everyone(),
        typed=request.form.get("typed", "") if fault else "",
        fault=fault,
        app=None,
        action=url_for("scanning.take_scanning_phone", token=token),
    )


@scanning.post("/<token>")
def answer_scan(token: str) -> AnyResponse | tuple[str, int]:
    """Answer with 确认登录 and one of the three numbers, or 拒绝."""
    holder = chosen.holder()
    if holder is None:
        return redirect(url_for("scanning.scan", token=token), 303)
    agrees, choice = request.form.get("answer") == "approve", request.form.get("choice", "")
    if agrees and not choice:
        return redirect(url_for("scanning.scan", token=token, missing=1), 303)
    try:
        qr_requests.answer(token, holder.phone, agrees=agrees, choice=choice)
    except LookupError:
        return _scanner(lost=True), 404
    return redirect(url_for("scanning.scan", token=token), 303)


def _show(known: Request, holder: Person) -> str:
    return render_template(
        "essc/scan.html",
        asked=known,
        client=_client_name(known),
        at=_time(known),
        holder=holder,
        is_ours=known.phone == holder.phone,
        is_missing="missing" in request.args,
    )


def _client_name(known: Request) -> str:
    client = clients.find(known.client_id)
    return client.name if client else known.client_id


def _time(known: Request) -> str:
    return f"{datetime.fromtimestamp(known.made_at, CHINA):%H:%M:%S}"
