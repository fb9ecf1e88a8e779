"""Services outside that are away in every way (R6): each call ends, in bounded time, with the port's own Unavailable.

The circuit breaker then lets a call through now and again, and closes when one succeeds.
"""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from jiuye.adapters import signed_http, sms_http
from jiuye.adapters.authority_http import HttpVerificationAuthority
from jiuye.adapters.circuit_breaker import CircuitBreaker
from jiuye.adapters.identity_oidc import OidcIdentityProvider, wire
from jiuye.adapters.registers_http import HttpRegisters
from jiuye.adapters.sms_http import HttpSmsSender
from jiuye.adapters.webhooks_http import HttpWebhookSender
from jiuye.ports.authority import AuthorityUnavailable
from jiuye.ports.identity import IdentityUnavailable
from jiuye.ports.registers import RegisterUnavailable
from jiuye.ports.sms import SmsMessage, SmsUnavailable
from jiuye.ports.webhooks import Call

TOTAL = 0.6
BOUND = 8.0  # for a machine with other work: without a bound the calls below never end
_OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


class Service:
    """A TCP server that behaves as one of its methods."""

    def __init__(self, behave: Callable[["Service", socket.socket], None]) -> None:
        self._behave = behave
        self._server = socket.create_server(("127.0.0.1", 0))
        self.ended = threading.Event()
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.ended.set()
        self._server.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._server.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.recv(65536)
            self._behave(self, connection)

    def hang(self, connection: socket.socket) -> None:
        self.ended.wait(30)

    def speak_another_language(self, connection: socket.socket) -> None:
        connection.sendall(b"\x00\xff220 smtp ready\r\n")

    def tell_nonsense(self, connection: socket.socket) -> None:
        connection.sendall(_OK + b"Content-Length: 7\r\n\r\n<html/>")

    def tell_another_kind(self, connection: socket.socket) -> None:
        connection.sendall(_OK + b"Content-Length: 4\r\n\r\nnull")

    def nest(self, connection: socket.socket) -> None:
        connection.sendall(_OK + b"Content-Length: 200000\r\n\r\n" + b"[" * 200_000)

    def break_down(self, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n")

    def reset(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def break_off(self, connection: socket.socket) -> None:
        connection.sendall(_OK + b'Content-Length: 500\r\n\r\n{"provider_id"')

    def trickle(self, connection: socket.socket) -> None:
        connection.sendall(_OK + b"Content-Length: 100000\r\n\r\n")
        self._drip(connection)

    def trickle_headers(self, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self._drip(connection)

    def never_end(self, connection: socket.socket) -> None:
        connection.sendall(_OK + b"\r\n")
        while not self.ended.is_set():
            connection.sendall(b" " * 65536)

    def explode(self, connection: socket.socket) -> None:
        connection.sendall(_OK + b"Content-Encoding: gzip\r\nContent-Length: 20\r\n\r\n" + b"\x1f\x8b" + b"\0" * 18)

    def _drip(self, connection: socket.socket) -> None:
        while not self.ended.wait(0.1):
            connection.sendall(b"a")


FAILURES = [
    Service.hang, Service.speak_another_language, Service.tell_nonsense, Service.tell_another_kind, Service.nest,
    Service.break_down, Service.reset, Service.break_off, Service.trickle, Service.trickle_headers, Service.never_end,
    Service.explode,
]  # fmt: skip


def text_message(url: str, breaker: CircuitBreaker) -> None:
    message = SmsMessage(id="1", phone="+8613800000000", template="code_login", params={"code": "123456"}, text="码")
    HttpSmsSender(url=url, token="t", breaker=breaker).send(message)


def card(url: str, breaker: CircuitBreaker) -> None:
    provider = OidcIdentityProvider(issuer=url, client_id="c", client_secret="s", least_level=1, breaker=breaker)
    provider.start(redirect_uri="http://127.0.0.1/sso", channel="")


def _authority(url: str, breaker: CircuitBreaker) -> HttpVerificationAuthority:
    return HttpVerificationAuthority(
        url=url, key="k", callback_url="http://127.0.0.1/callbacks/authority", breaker=breaker
    )


def verification(url: str, breaker: CircuitBreaker) -> None:
    _authority(url, breaker).fetch("1")


def register(url: str, breaker: CircuitBreaker) -> None:
    HttpRegisters(url=url, key="k", breaker=lambda: breaker).enterprise("91510107MA00000000")


SERVICES: dict[Callable[[str, CircuitBreaker], None], type[Exception]] = {
    text_message: SmsUnavailable,
    card: IdentityUnavailable,
    verification: AuthorityUnavailable,
    register: RegisterUnavailable,
}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (sms_http, signed_http, wire):
        monkeypatch.setattr(module, "TOTAL", TOTAL)
        monkeypatch.setattr(module, "CONNECT", TOTAL / 2)


@pytest.fixture
def service(request: pytest.FixtureRequest) -> Iterator[Service]:
    made = Service(request.param)
    yield made
    made.close()


def bounded(call: Callable[[], object]) -> None:
    since = time.monotonic()
    try:
        call()
    finally:
        assert time.monotonic() - since < BOUND


@pytest.mark.parametrize("service", FAILURES, ids=lambda one: one.__name__, indirect=True)
@pytest.mark.parametrize("ask", SERVICES, ids=lambda one: one.__name__)
def test_a_service_that_fails_is_unavailable_in_bounded_time(
    service: Service, ask: Callable[[str, CircuitBreaker], None]
) -> None:
    with pytest.raises(SERVICES[ask]):
        bounded(lambda: ask(service.url, CircuitBreaker()))


@pytest.mark.parametrize("service", FAILURES, ids=lambda one: one.__name__, indirect=True)
def test_a_receiver_of_webhooks_that_fails_holds_nobody(service: Service) -> None:
    sender = HttpWebhookSender(allows_loopback=True, total=TOTAL)
    bounded(lambda: sender.send(Call(url=service.url, headers={}, body=b"{}")))


class Hands:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("service", [Service.break_down], ids=["break_down"], indirect=True)
@pytest.mark.parametrize("ask", SERVICES, ids=lambda one: one.__name__)
def test_the_breaker_opens_and_tries_again_by_itself(
    service: Service, ask: Callable[[str, CircuitBreaker], None]
) -> None:
    clock = Hands()
    breaker = CircuitBreaker(failures=2, rest=10, clock=clock)
    for _ in range(2):
        with pytest.raises(SERVICES[ask]):
            ask(service.url, breaker)
    assert not breaker.admits()

    clock.now += 11
    with pytest.raises(SERVICES[ask]):
        ask(service.url, breaker)  # half open: it was asked, and failed
    assert not breaker.admits()
    clock.now += 11
    assert breaker.admits()
    breaker.succeeded()
    assert breaker.admits()
    assert breaker.admits()
