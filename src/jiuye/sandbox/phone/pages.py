"""`/phone`: choose a number; `/phone/{number}`: its received messages, as an SMS thread that refreshes itself."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from flask import Blueprint, Response, abort, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from jiuye.sandbox import numbers, people
from jiuye.sandbox.clock import CHINA
from jiuye.sandbox.phone import chosen
from jiuye.sandbox.sms import messages

phone = Blueprint("phone", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message in the thread."""

    text: str
    code: str | None
    at: str
    time: str


@dataclass(frozen=True, slots=True)
class Day:
    """The messages of one day, newest first, under the day's name."""

    name: str
    bubbles: list[Bubble]


def _bubble(message: messages.Message) -> Bubble:
    sent = message.submission
    moment = datetime.fromtimestamp(message.due_at, CHINA)
    return Bubble(sent.text, sent.code, moment.isoformat(timespec="seconds"), f"{moment:%H:%M}")


def _days(received: list[messages.Message]) -> list[Day]:
    today = datetime.now(CHINA).date()
    names = {today: "今天", today - timedelta(days=1): "昨天"}
    grouped = groupby(received, key=lambda message: datetime.fromtimestamp(message.due_at, CHINA).date())
    return [Day(names.get(day, f"{day.month}月{day.day}日"), [_bubble(m) for m in group]) for day, group in grouped]


def _version(received: list[messages.Message]) -> str:
    """Return a value that changes whenever the thread does (the day included, for 今天 and 昨天)."""
    facts = [datetime.now(CHINA).date().isoformat(), *(message.provider_id for message in received)]
    return hashlib.sha256(" ".join(facts).encode()).hexdigest()[:16]


@phone.get("/")
def home() -> AnyResponse:
    """The sandbox's start page: its phones."""
    return redirect(url_for("phone.choose"))


@phone.get("/phone")
def choose() -> AnyResponse | str:
    """The people, a form for any number, and the numbers with the newest messages; `number` leads to that phone."""
    typed = request.args.get("number", "").strip()
    number = numbers.national(typed)
    if number:
        return redirect(url_for("apps.home", number=number))
    newest = [(message.submission.phone, _bubble(message)) for message in messages.recent_phones()]
    return render_template("phone/choose.html", typed=typed, newest=newest, people=people.everyone())


def _received(number: str) -> list[messages.Message]:
    if numbers.national(number) != number:
        abort(404)
    return messages.inbox(number)


@phone.get("/phone/<number>")
def thread(number: str) -> AnyResponse:
    """The phone's messages; this browser now holds the phone."""
    received = _received(number)
    page = render_template("phone/thread.html", number=number, days=_days(received), version=_version(received))
    return chosen.remember(make_response(page), number)


@phone.get("/phone/<number>/messages")
def thread_fragment(number: str) -> AnyResponse:
    """Only the messages, for the page's refresh; 304 if there is nothing new."""
    received = _received(number)
    response = make_response(render_template("phone/messages.html", number=number, days=_days(received)))
    response.set_etag(_version(received))
    return response.make_conditional(request)


@phone.get("/sms/inbox/<number>.json")
def inbox_json(number: str) -> Response:
    """The messages as JSON for tests, newest first."""
    return jsonify(
        messages=[
            {
                "message_id": message.submission.message_id,
                "template": message.submission.template,
                "params": dict(message.submission.params),
                "text": message.submission.text,
                "code": message.submission.code,
                "delivered_at": message.due_at,
            }
            for message in _received(number)
        ]
    )
