"""Seekers: they apply, answer invitations and notices, upload files, read their messages."""

import io
import random
from uuid import UUID

import httpx
from PIL import Image

from bench._faults.browsers import Browser, FormMissing, fresh
from bench._faults.cast import Board, Case, Cast, Person
from bench._faults.wire import GaveUp, Weather, Wire

ANSWERS = {
    "interview_invited": ("interview", "accept_interview"),
    "onboarding_notified": ("onboarding", "accept_onboarding"),
}
NEXT = {"interview_invited": "interview_accepted", "onboarding_notified": "onboarding_accepted"}
_MOST_FILES = 5


class Seeker:
    """One client with several people's browsers, one after the other."""

    def __init__(self, number: int, wire: Wire, cast: Cast, chance: random.Random) -> None:
        self._number, self._wire, self._cast, self._chance = number, wire, cast, chance
        self._people, self._board = cast.people[number], cast.board
        self._browser = Browser(wire)
        self._files: dict[UUID, int] = {}

    def run(self, weather: Weather) -> None:
        """Go on until the end."""
        while not weather.stop.is_set():
            dice = self._chance.random()
            try:
                if dice < 0.35 and self._answer():
                    continue
                if dice < 0.5:
                    self._upload(self._chance.choice(self._people))
                elif dice < 0.6:
                    self._read(self._chance.choice(self._people))
                else:
                    self._apply(self._chance.choice(self._people))
            except (GaveUp, FormMissing):
                continue

    def _apply(self, person: Person) -> None:
        if not person.left:
            return
        posting = person.left.pop()
        self._browser.become(person.cookie)
        page = f"/jobs/{posting}/apply"
        form = self._browser.form(page, page)
        consents = {f"consent_{one}": "on" for one in _recipients(self._wire, page)}
        names = {"name": "林小满"} if "name" in form else {}
        about = {"person": person.id, "posting": posting}
        answer = self._browser.send("apply", about, page, page, consents | names, tell=_application)
        if answer.status_code == 302:
            case = Case(UUID(_application(answer)["application"]), person, self._cast.postings[posting])
            self._board.put(f"submitted:{case.agency}", case)

    def _answer(self) -> bool:
        """Answer an invitation or notice of one of our people. Return whether there was one."""
        taken = self._board.take([f"{state}:{self._number}" for state in ANSWERS], self._chance)
        if taken is None:
            return False
        state, case = taken[0].split(":")[0], taken[1]
        step, verb = ANSWERS[state]
        self._browser.become(case.person.cookie)
        page = f"/me/applications/{case.id}"
        about = {"application": case.id, "verb": verb}
        answer = self._browser.send("advance", about, page, f"{page}/{step}", {"answer": "accept"})
        if answer.status_code == 302:
            self._board.put(f"{NEXT[state]}:{case.agency}", case)
        return True

    def _upload(self, person: Person) -> None:
        if self._files.get(person.id, 0) >= _MOST_FILES:
            return
        self._files[person.id] = self._files.get(person.id, 0) + 1
        self._browser.become(person.cookie)
        page, name = "/me/resume/attachments", fresh()
        files = {"file": (f"{name}.png", _picture(self._chance), "image/png")}
        self._browser.send("upload", {"person": person.id, "name": name}, page, page, {"name": name}, files=files)

    def _read(self, person: Person) -> None:
        self._browser.become(person.cookie)
        self._browser.send("read", {"person": person.id}, "/me/notifications", "/me/notifications/read")


def place_of(board: Board, cast: Cast, person: Person, state: str) -> str:
    """Return where a case waits for its person."""
    number = next(n for n, some in enumerate(cast.people) if person in some)
    return f"{state}:{number}"


def _recipients(wire: Wire, page: str) -> list[str]:
    text = wire.get(page).text
    return [part[:36] for part in text.split('name="consent_')[1:]]


def _application(answer: httpx.Response) -> dict[str, str]:
    return {"application": answer.headers["Location"].split("?")[0].rstrip("/").rsplit("/", 1)[-1]}


def _picture(chance: random.Random) -> bytes:
    """Return a small picture that no other equals."""
    picture = Image.frombytes("RGB", (32, 32), chance.randbytes(32 * 32 * 3))
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()
