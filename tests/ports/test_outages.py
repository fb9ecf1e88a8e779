"""Services outside that are away in every way (R6): each call ends, in bounded time, with the port's own Unavailable.

The circuit breaker then lets a call through now and again, and closes when one succeeds.
"""

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
from tests.factories.misbehaving import Service

TOTAL = 0.6
BOUND = 8.0  # for a machine with other work: without a bound the calls below never end


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
