"""Endpoints of agencies, a receiver on this machine, and events for them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import orjson

from jiuye.domains.accounts.models import Membership
from jiuye.domains.clients.states import Mode
from jiuye.domains.organisations.models import Agency
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.events import Delivered, Event
from jiuye.kernel.ids import new_id
from jiuye.webhooks import signing
from jiuye.webhooks.models import Endpoint, EndpointSecret, Message
from jiuye.webhooks.queue import Told, tell
from tests.factories import organisations


@dataclass(frozen=True)
class Received:
    """A request to a receiver."""

    headers: dict[str, str]
    body: bytes

    @property
    def payload(self) -> Any:
        """The body as JSON."""
        return orjson.loads(self.body)


@dataclass
class Reply:
    """What a receiver answers. `wait`: seconds before it."""

    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    wait: float = 0


class Receiver:
    """A receiver of webhooks; `answer` gives the reply for each request."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answer: Callable[[Received], Reply] = lambda request: Reply()
        self.released = threading.Event()
        self.url = ""

    def answers(self, *replies: Reply) -> None:
        """Give these replies in order, then 204."""
        left = list(replies)
        self.answer = lambda request: left.pop(0) if left else Reply()

    def take(self, received: Received) -> Reply:
        """Note a request and return the reply."""
        self.received.append(received)
        return self.answer(received)


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Run a receiver within the block."""
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = made.take(Received(headers, body))
            if reply.wait:
                made.released.wait(reply.wait)
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *args: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_port}/hooks"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


def endpoint(url: str, *, agency: Agency | None = None, mode: Mode = Mode.LIVE, **given: Any) -> Endpoint:
    """An endpoint of an agency, with a secret."""
    agency = agency or organisations.agency()
    owner = Membership.objects.filter(organisation_id=agency.id, role="owner").first()
    person = owner.user_id if owner else organisations.member(agency, role="owner").person
    moment = clock.real_now()
    made = Endpoint.objects.create(
        agency=agency, url=url, mode=mode, created_by_id=person, created_at=moment, updated_at=moment, **given
    )
    EndpointSecret.objects.create(endpoint=made, secret=signing.new_secret(), created_at=moment)
    return made


def secret_of(endpoint: Endpoint) -> str:
    """The newest secret of an endpoint."""
    return EndpointSecret.objects.filter(endpoint=endpoint).latest("created_at").secret


def happen(endpoint: Endpoint, count: int = 1, *, type: str = "job.published") -> list[UUID]:
    """Events of the endpoint's agency, each about one posting. Return the ids of the postings."""
    ids = [new_id() for _ in range(count)]
    for one in ids:
        told = Told(type, one, {"job_id": one, "external_id": ""})
        tell(endpoint.agency_id, [told], delivered())
    return ids


def delivered() -> Delivered:
    """Some event as handlers get it."""
    return Delivered(new_id(), Event(), Actor.system(), clock.now())


def later(seconds: float) -> Any:
    """Freeze the clock some seconds after what it shows."""
    return clock.frozen(clock.real_now() + timedelta(seconds=seconds))


def states(endpoint: Endpoint) -> list[str]:
    """The states of its messages, in order."""
    return list(Message.objects.filter(endpoint=endpoint).order_by("sequence").values_list("state", flat=True))
