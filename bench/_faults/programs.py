"""Programs of an agency: they write postings and handle applications with idempotency keys; one reads the change feed."""

import random
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import httpx

from bench._faults.browsers import fresh
from bench._faults.cast import Case, Cast
from bench._faults.people import place_of
from bench._faults.wire import GaveUp, Weather, Wire
from tests.factories import api_bodies

API = "/api/v1"
AS_CREATED = 2
"""How many people our postings look for until they are corrected."""

# State → verb, path below the application, body, the next state.
STEPS: dict[str, tuple[str, str, Callable[[], dict[str, Any] | None], str]] = {
    "submitted": ("view", "view", lambda: None, "viewed"),
    "viewed": ("invite", "interviews", api_bodies.interview, "interview_invited"),
    "interview_accepted": ("pass_interview", "interviews/result", lambda: {"result": "passed"}, "interview_passed"),
    "interview_passed": ("notify_onboarding", "onboarding", api_bodies.first_day, "onboarding_notified"),
    "onboarding_accepted": ("record_onboarded", "onboarding/result", lambda: {"outcome": "onboarded"}, "onboarded"),
}
_OF_SEEKERS = ("interview_invited", "onboarding_notified")


class Program:
    """One client with a key."""

    def __init__(self, number: int, wire: Wire, cast: Cast, chance: random.Random) -> None:
        self._wire, self._cast, self._chance = wire, cast, chance
        caller = cast.callers[number]
        self._wire.http.headers.update(caller.headers())
        self._mine: list[str] = []

    def run(self, weather: Weather) -> None:
        """Go on until the end."""
        while not weather.stop.is_set():
            try:
                dice = self._chance.random()
                if dice < 0.6 and self._advance():
                    continue
                if dice < 0.8:
                    self._create()
                elif dice < 0.9:
                    self._create_many()
                else:
                    self._change()
            except GaveUp:
                continue

    def _write(self, act: str, about: dict[str, Any], method: str, path: str, body: Any, **more: Any) -> httpx.Response:
        key = uuid4().hex
        headers = {"Idempotency-Key": key}
        return self._wire.act(act, about | {"key": key}, method, f"{API}{path}", json=body, headers=headers, **more)

    def _create(self) -> None:
        """Create a posting, with a number of our own or without."""
        word = fresh()
        body = job(word, f"P-{word}" if self._chance.random() < 0.5 else "")
        answer = self._write("post", {"title": body["title"]}, "POST", "/agency/jobs", body, tell=_id)
        if answer.status_code == 201:
            self._mine.append(answer.json()["id"])

    def _create_many(self) -> None:
        bodies = [job(f"{word}批", f"B-{word}") for word in (fresh() for _ in range(self._chance.randint(2, 12)))]
        about = {"titles": [body["title"] for body in bodies]}
        self._write("batch", about, "POST", "/agency/jobs:batch", {"items": bodies}, tell=_ids)

    def _change(self) -> None:
        """Correct one of our postings."""
        if self._mine:
            posting, headcount = self._chance.choice(self._mine), self._chance.randint(3, 9000)
            about = {"posting": posting, "headcount": headcount}
            self._write("change", about, "PATCH", f"/agency/jobs/{posting}", {"headcount": headcount})

    def _advance(self) -> bool:
        taken = self._cast.board.take([f"{state}:api" for state in STEPS], self._chance)
        if taken is None:
            return False
        state, case = taken[0].split(":")[0], taken[1]
        verb, path, body, after = STEPS[state]
        about = {"application": case.id, "verb": verb}
        answer = self._write("advance", about, "POST", f"/agency/applications/{case.id}/{path}", body())
        if answer.status_code < 400:
            self._hand_on(case, after)
        return True

    def _hand_on(self, case: Case, after: str) -> None:
        is_theirs = after in _OF_SEEKERS
        place = place_of(self._cast.board, self._cast, case.person, after) if is_theirs else f"{after}:api"
        self._cast.board.put(place, case)


class Follower:
    """A program that keeps a copy of the open postings by the change feed."""

    def __init__(self, number: int, wire: Wire, cast: Cast) -> None:
        self._wire, self._after = wire, ""
        self._wire.http.headers.update(cast.callers[number].headers())
        self.copy: dict[UUID, Any] = {}
        self.read = 0

    def run(self, weather: Weather) -> None:
        """Go on until the end."""
        while not weather.stop.is_set():
            try:
                self.catch_up(weather)
            except GaveUp:
                continue
            time.sleep(0.3)

    def catch_up(self, weather: Weather | None = None) -> None:
        """Read until there is no more."""
        more = True
        while more and not (weather and weather.stop.is_set()):
            asked = {"after": self._after, "kinds": "job", "limit": 500}
            page = self._wire.get(
                f"{API}/changes", params={name: value for name, value in asked.items() if value}
            ).json()
            for change in page["items"]:
                self._take(change)
            self._after, more = page["next"], page["has_more"]

    def _take(self, change: dict[str, Any]) -> None:
        self.read += 1
        if change["change"] == "upsert":
            self.copy[UUID(change["id"])] = change["job"]
        else:
            self.copy.pop(UUID(change["id"]), None)


def job(word: str, number: str) -> dict[str, Any]:
    """Return a posting to publish at once; nothing else has its title."""
    return api_bodies.posting(external_id=number, title=f"焊工{word}", headcount=AS_CREATED, publish=True)


def _id(answer: httpx.Response) -> dict[str, Any]:
    return {"posting": answer.json()["id"]}


def _ids(answer: httpx.Response) -> dict[str, Any]:
    return {"postings": [one["id"] for one in answer.json()["results"]]}
