"""Staff of an agency in the portal: they open resumes, invite, record results, notify; one imports sheets."""

import random
import time
from pathlib import Path
from uuid import UUID

from bench._faults.browsers import Browser, FormMissing, fresh
from bench._faults.cast import Case, Cast
from bench._faults.people import place_of
from bench._faults.wire import GaveUp, Weather, Wire
from tests.factories import sheets

INVITATION = {"mode": "onsite", "place": "示范路1号2楼", "contact_name": "周经办", "contact_phone": "028-00000000"}
NOTICE = {"place": "示范路18号", "contact_name": "周经办", "contact_phone": "028-00000000"}
# State → verb, the page with the form and the form's action (below the application), what is filled in, the next state.
STEPS = {
    "submitted": ("view", "", "/resume", {}, "viewed"),
    "viewed": ("invite", "/invite", "/invite", INVITATION, "interview_invited"),
    "interview_accepted": ("pass_interview", "", "/interview-result", {"result": "yes"}, "interview_passed"),
    "interview_passed": ("notify_onboarding", "/onboarding", "/onboarding", NOTICE, "onboarding_notified"),
    "onboarding_accepted": ("record_onboarded", "", "/onboarding-result", {"result": "yes"}, "onboarded"),
}
_OF_SEEKERS = ("interview_invited", "onboarding_notified")


class Clerk:
    """One member of staff."""

    def __init__(self, number: int, wire: Wire, cast: Cast, chance: random.Random) -> None:
        self._cast, self._chance, self._browser = cast, chance, Browser(wire)
        self._browser.become(cast.staff[number])

    def run(self, weather: Weather) -> None:
        """Go on until the end."""
        while not weather.stop.is_set():
            taken = self._cast.board.take([f"{state}:desk" for state in STEPS], self._chance)
            if taken is None:
                time.sleep(0.2)
                continue
            try:
                self._advance(taken[0].split(":")[0], taken[1])
                if self._chance.random() < 0.3:
                    self._note(taken[1])
            except (GaveUp, FormMissing):
                continue

    def _advance(self, state: str, case: Case) -> None:
        verb, page, action, filled, after = STEPS[state]
        here = f"/agency/applications/{case.id}"
        answer = self._browser.send(
            "advance", {"application": case.id, "verb": verb}, here + page, here + action, filled
        )
        if answer.status_code < 400:
            place = (
                place_of(self._cast.board, self._cast, case.person, after) if after in _OF_SEEKERS else f"{after}:desk"
            )
            self._cast.board.put(place, case)

    def _note(self, case: Case) -> None:
        here, text = f"/agency/applications/{case.id}", fresh()
        self._browser.send("note", {"application": case.id, "text": text}, here, f"{here}/notes", {"text": text})


class Importer:
    """A member of staff who imports a sheet, looks at its preview, starts it, and waits for the result."""

    def __init__(self, number: int, wire: Wire, cast: Cast, chance: random.Random, folder: Path) -> None:
        self._wire, self._cast, self._chance, self._folder = wire, cast, chance, folder
        self._browser = Browser(wire)
        self._browser.become(cast.staff[number])

    def run(self, weather: Weather) -> None:
        """Go on until the end."""
        while not weather.stop.is_set():
            try:
                self._import(weather)
            except (GaveUp, FormMissing):
                time.sleep(1)

    def _import(self, weather: Weather) -> None:
        word, rows, bad = fresh(), self._chance.randint(20, 150), self._chance.randint(0, 8)
        content = _sheet(self._folder / "sheet.xlsx", word, rows, bad)
        about = {"word": word, "rows": rows + bad, "bad": bad}
        answer = self._browser.send(
            "sheet",
            about,
            "/agency/imports",
            "/agency/imports",
            files={"file": (f"{word}.xlsx", content)},
            tell=lambda given: {"batch": given.headers.get("Location", "").rstrip("/").rsplit("/", 1)[-1]},
        )
        if answer.status_code != 302:
            return
        here = f"/agency/imports/{UUID(answer.headers['Location'].rstrip('/').rsplit('/', 1)[-1])}"
        self._until(weather, f"{here}/mapping", 200)
        self._browser.send("map", about, f"{here}/mapping", f"{here}/mapping", {"publish": "on"})
        self._browser.send("import", about, here, f"{here}/start")
        while not weather.stop.is_set() and "HX-Refresh" not in self._wire.get(f"{here}/progress").headers:
            time.sleep(0.3)

    def _until(self, weather: Weather, page: str, status: int) -> None:
        while not weather.stop.is_set() and self._wire.get(page).status_code != status:
            time.sleep(0.3)


def _sheet(path: Path, word: str, rows: int, bad: int) -> bytes:
    """Return a sheet of `rows` good rows, each with a number of its own, and `bad` ones without a title."""
    headers = ["职位编号", *sheets.HEADERS]
    good = [[f"{word}-{n}", f"车工{word}{n}", *sheets.ROW[1:]] for n in range(rows)]
    missing = [[f"{word}-bad{n}", "", *sheets.ROW[1:]] for n in range(bad)]
    return sheets.write_xlsx(path, [headers, *good, *missing]).read_bytes()
