"""How fast a sanction takes effect everywhere, and how fast lifting it: seconds from the operator's POST, over HTTP.

./jiuye bench sanctions [--site URL] [--rounds 10]      on a running platform with the demonstration, or on one of its own

Each round suspends an agency and waits until its postings have left the search page, the API's search, the posting's page, the
API's posting and the shop, and its owner's portal is closed; then lifts the suspension and waits for everything to return. The
bar: 2 s for each.
"""

import argparse
import html
import re
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx
import pyotp
from _measuring import machine
from _site import Site, site

from jiuye.runtime.demo import second_factor

AUDITOR = "19900000097"
FIRST_OWNER = 13
"""The number of the phone of the owner of the fifth agency; each agency has three people."""
BAR = 2.0
_PATIENCE = 20.0
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass(frozen=True)
class Watched:
    """What is asked until it changes: whether the agency is still (or again) there for everybody."""

    name: str
    is_there: Callable[[], bool]


class Browser:
    """A signed-in browser."""

    def __init__(self, running: Site, phone: str) -> None:
        self.http = httpx.Client(base_url=running.origin, timeout=30, follow_redirects=True)
        self.posted_at = 0.0
        self.send("/login", phone=phone)
        self.send(self._shown, code=running.code_for(phone))

    def pass_second_factor(self) -> None:
        """Prove the second factor of the demonstration's operators."""
        self.send("/login/second-factor", code=pyotp.TOTP(second_factor.SECRET).now())

    def send(self, page: str, **fields: str) -> str:
        """Send the form on `page` that has the first of the fields. Return where it leads. Raises SystemExit if it is refused."""
        shown = self.http.get(page)
        wanted = next(iter(fields))
        forms = re.findall(r"<form\b([^>]*)>(.*?)</form>", shown.text, re.DOTALL)
        found = next((one for one in forms if f'name="{wanted}"' in one[1]), None)
        if found is None:
            raise SystemExit(f"no form with {wanted} on {shown.url} ({shown.status_code})")
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found[1]))
        target = re.search(r'action="([^"]+)"', found[0])
        address = html.unescape(target.group(1)) if target else str(shown.url)
        sent = {name: html.unescape(value) for name, value in hidden.items()} | fields
        self.posted_at = time.monotonic()
        answer = self.http.post(address, data=sent, headers={"Origin": str(self.http.base_url).rstrip("/")})
        if not answer.history or answer.is_error:
            raise SystemExit(f"{address}: {answer.status_code}\n{answer.text[:1500]}")
        self._shown = str(answer.url)
        return answer.url.path


def watched(running: Site, owner: Browser, agency: str, posting: str) -> list[Watched]:
    """Return everything that a suspension closes."""
    visitor = httpx.Client(base_url=running.origin, timeout=30)

    def ok(address: str) -> bool:
        return visitor.get(address).status_code == 200

    return [
        Watched("search page", lambda: posting in visitor.get(f"/jobs?agency={agency}").text),
        Watched("search by API", lambda: posting in visitor.get("/api/v1/jobs", params={"agency": agency}).text),
        Watched("posting's page", lambda: ok(f"/jobs/{posting}")),
        Watched("posting by API", lambda: ok(f"/api/v1/jobs/{posting}")),
        Watched("shop", lambda: ok(f"/agencies/{agency}")),
        Watched("portal", lambda: owner.http.get("/agency").url.path == "/agency"),
    ]


def until(things: list[Watched], since: float, *, there: bool) -> dict[str, float]:
    """Return for each how many seconds after `since` it had changed. Raises SystemExit for one that does not."""
    found: dict[str, float] = {}
    while len(found) < len(things):
        for one in things:
            if one.name not in found and one.is_there() == there:
                found[one.name] = time.monotonic() - since
        if time.monotonic() - since > _PATIENCE:
            raise SystemExit(f"no effect on {[one.name for one in things if one.name not in found]}")
    return found


def suspended(auditor: Browser, agency: str) -> tuple[float, str]:
    """Suspend. Return the time of the POST and the address of the sanction."""
    page = f"/ops/sanctions/new/agency/{agency}"
    sanction = auditor.send(
        page,
        level="suspend",
        reason="测量处置生效的时间，不是真的处置。",
        bases="bait",
        evidence="没有证据，只是测量。",
        step_reason="只是测量。",
    )
    return auditor.posted_at, sanction


def lifted(auditor: Browser, sanction: str) -> float:
    """Lift. Return the time of the POST."""
    auditor.send(sanction, **{"lift-reason": "测量结束。"})
    return auditor.posted_at


def measure(running: Site, rounds: int) -> list[str]:
    """Print the figures of all rounds. Return what is over the bar."""
    auditor = Browser(running, AUDITOR)
    auditor.pass_second_factor()
    owner = Browser(running, f"1990000{FIRST_OWNER:04d}")
    agency = _first(owner.http.get("/agency/shop").text, "agencies")
    posting = _first(httpx.get(f"{running.origin}/agencies/{agency}").text, "jobs")
    things = watched(running, owner, agency, posting)
    closed: dict[str, list[float]] = {one.name: [] for one in things}
    opened: dict[str, list[float]] = {one.name: [] for one in things}
    for _ in range(rounds):
        begun, sanction = suspended(auditor, agency)
        for name, seconds in until(things, begun, there=False).items():
            closed[name].append(seconds)
        for name, seconds in until(things, lifted(auditor, sanction), there=True).items():
            opened[name].append(seconds)
    faults = []
    print(
        f"{'':16} {'suspended: median':>18} {'worst':>7} {'lifted: median':>16} {'worst':>7}   seconds, {rounds} rounds"
    )
    for name in closed:
        row = (statistics.median(closed[name]), max(closed[name]), statistics.median(opened[name]), max(opened[name]))
        print(f"{name:16} {row[0]:18.2f} {row[1]:7.2f} {row[2]:16.2f} {row[3]:7.2f}")
        faults += [f"{name}: {seconds:.2f} s" for seconds in (row[1], row[3]) if seconds > BAR]
    return faults


def _first(page: str, kind: str) -> str:
    found = re.search(rf"/{kind}/({_UUID})", page)
    if found is None:
        raise SystemExit(f"no link to /{kind}/…")
    return found.group(1)


def main() -> int:
    parser = argparse.ArgumentParser(prog="./jiuye bench sanctions")
    parser.add_argument("--site", default="", help="a running platform; its sandbox one port further")
    parser.add_argument("--rounds", type=int, default=10)
    given = parser.parse_args()
    print(f"machine: {machine()}")
    with site(given.site) as running:
        faults = measure(running, given.rounds)
    print("\n" + ("\n".join(["over the bar:", *faults]) if faults else "all within 2 s"))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
