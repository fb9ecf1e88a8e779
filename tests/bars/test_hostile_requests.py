"""Whatever a program sends, no route answers with an error of ours: every route of the URL map, every parameter it reads."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.organisations.models import Agency
from jiuye.kernel import paging
from jiuye.kernel.access import requirement_of
from jiuye.kernel.checks import routes
from tests.bars import hostile, seekers
from tests.bars.hostile import Reads, noted
from tests.bars.places import Place, things_of
from tests.bars.staff import STAFF, taken_back
from tests.factories import accounts, clients, erasure
from tests.factories.public_site import assert_strict

pytestmark = pytest.mark.django_db
STAFFED = {one.pattern: one for one in STAFF}
ALL = dict(routes())
OF_TEXT = [pattern for pattern in ALL if re.search(r"<(str|slug|path|\w+)(?<!uuid)(?<!uuidstr):|<\w+>", pattern)]
UNAVAILABLE = {"readyz", "login/qr", "sso/card", "sso/card/link", "me/real-name/card"}
"""503: the worker and the card service are not there in this test."""
SERVICE = re.compile(r"https?://[^/]*/essc/authorize\?")
"""Where `/sso/…` leads: the card service of the settings."""
_READS: dict[str, Reads] = {}
Sender = Callable[[str], "Sending"]


class Sending:
    """Somebody who may use a route, with the address of something of theirs."""

    def __init__(self, client: Client, path: str, headers: dict[str, str]) -> None:
        self.client, self.path, self.headers = client, path, headers

    def get(self, query: str = "", path: str = "", **headers: str) -> HttpResponse:
        """Ask, read the whole answer, and take everything back."""
        return self.send("GET", f"{path or self.path}?{query}", headers=headers)

    def post(self, body: str, kind: str = "application/x-www-form-urlencoded") -> HttpResponse:
        """Send a form."""
        return self.send("POST", self.path, body, kind)

    def send(
        self, method: str, address: str, body: str = "", kind: str = "", headers: dict[str, str] | None = None
    ) -> HttpResponse:
        """Send a request. Raises AssertionError for an error of ours."""
        with taken_back():
            told: Any = self.client.generic(method, address, body, kind, headers={**self.headers, **(headers or {})})
            if told.streaming:
                b"".join(told)
        assert told.status_code < 500 or told.resolver_match.route in UNAVAILABLE, (method, address[:300], body[:300])
        assert_strict(told)
        assert_stays_here(told)
        return told


def assert_stays_here(told: HttpResponse) -> None:
    """Check that an answer leads nowhere but to this site (bar S7), as browsers read addresses (WHATWG URL)."""
    for header in ("Location", "HX-Redirect", "HX-Location", "Refresh"):
        led_to = re.sub(r"[\x00-\x20]", "", told.headers.get(header, "")).replace("\\", "/")
        assert not re.match(r"(?:[\w+.-]+:|//)", led_to) or SERVICE.match(led_to), (header, led_to)


@pytest.fixture(scope="module")
def sender(places: dict[str, tuple[Place, Place]]) -> Sender:
    """Return who may use a route."""
    user, _ = erasure.someone_everywhere()
    seeker = accounts.browser(user, confirmed=True)
    forget_callers()
    program = clients.caller(Agency.objects.get(pk=places["agency"][0].id)).headers()

    def find(pattern: str) -> Sending:
        if staff := STAFFED.get(pattern):
            place = places[staff.kind][0]
            role = "owner" if "owner" in staff.roles else min(staff.roles)
            return Sending(place.browsers[role], staff.path(things_of(place, pattern, role)), {})
        if pattern.startswith("api/"):
            wanted = requirement_of(ALL[pattern].callback)
            of_client = wanted and wanted.scope
            ids = (
                seekers.things_of_program(places["agency"][0], pattern)
                if of_client
                else seekers.things_of(user, pattern)
            )
            return Sending(Client(), seekers.address(pattern, ids), program if of_client else {})
        return Sending(seeker, seekers.address(pattern, seekers.things_of(user, pattern)), {})

    return find


def reads_of(sending: Sending, pattern: str) -> Reads:
    """What a GET of the route reads; found once."""
    if pattern not in _READS:
        with noted() as _READS[pattern]:
            sending.get()
            sending.get(f"cursor={paging.encode([0])}")
    return _READS[pattern]


@pytest.mark.parametrize("pattern", ALL)
def test_no_parameter_and_no_cursor_is_an_error_of_ours(sender: Sender, pattern: str) -> None:
    sending = sender(pattern)
    reads = reads_of(sending, pattern)
    names = sorted(reads.names)
    for value in hostile.TEXTS if names else ():
        sending.get("&".join(f"{name}={value}" for name in names))
    sending.get("&".join(f"{name}=1&{name}=2&{name}[]=3" for name in names))
    if "cursor" in reads.names:
        for cursor in hostile.cursors(reads.orders):
            sending.get(f"cursor={cursor}")
        for given in re.findall(r"cursor=([\w-]+)", sending.get().content.decode(errors="replace"))[:1]:
            for cursor in hostile.altered(given):
                sending.get(f"cursor={cursor}")


@pytest.mark.parametrize("pattern", OF_TEXT)
def test_no_text_in_a_path_is_an_error_of_ours(sender: Sender, pattern: str) -> None:
    sending = sender(pattern)
    for value in hostile.PATHS:
        path = "/" + re.sub(
            r"<(?:\w+:)?\w+>", value, re.sub(r"<uuid(?:str)?:\w+>", "0" * 8 + "-0000" * 3 + "-" + "0" * 12, pattern)
        )
        sending.get(path=path)
        sending.send("POST", path)


@pytest.mark.parametrize("pattern", [one for one in ALL if not one.startswith(("api/", "callbacks/"))])
def test_no_form_is_an_error_of_ours(sender: Sender, pattern: str) -> None:
    sending = sender(pattern)
    with noted() as reads:
        sending.post("")
    names = sorted(reads.names - {"csrfmiddlewaretoken"})
    for value in hostile.TEXTS if names else ():
        sending.post("&".join(f"{name}={value}" for name in names))


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": r'jiuye_session="\000"; csrftoken="\000"; jiuye_kept="\000"'},
        {"Cookie": "jiuye_session=" + "x" * 4000},
        {"Cookie": "messages=[]; jiuye_session=é"},
        {"Referer": "http://testserver/jobs?q=%00"},
        {"Referer": "http://[::1"},
        {"Referer": "//\\\\evil"},
        {"User-Agent": "x" * 8000},
        {"Accept-Language": "zh;q=NaN,*;q=1e999," * 200},
        {"If-None-Match": '"' * 3000},
        {"If-Modified-Since": "Mon, 99 Foo 99999 99:99:99 GMT"},
        {"Range": "bytes=99999999999999999999-"},
        {"X-Forwarded-For": "'; --, ::ffff:999.1.1.1, é"},
        {"HX-Request": "true", "HX-Current-URL": "http://[::1/%00"},
        {"Authorization": "Bearer \x80\xff"},
        {"Authorization": "Basic ===="},
        {"Content-Type": "text/plain; charset=hex"},
        {"Content-Type": "application/x-www-form-urlencoded; charset=idna"},
        {"Content-Type": "multipart/form-data; boundary=\x80"},
        {"On-Behalf-Of": "%00", "Idempotency-Key": "x" * 4000, "If-Match": "*,W/"},
    ],
    ids=str,
)
def test_no_header_is_an_error_of_ours(sender: Sender, headers: dict[str, str]) -> None:
    for pattern in (
        "",
        "jobs",
        "login",
        "me",
        "agency/jobs",
        "feedback",
        "api/v1/jobs",
        "api/v1/agency/jobs",
        "oauth/token",
    ):
        sending = sender(pattern)
        sending.send("GET", sending.path, headers=headers)
        sending.send(
            "POST", sending.path, "a=b", headers.get("Content-Type", "application/x-www-form-urlencoded"), headers
        )
