"""The contract of every SMS sender, tested on each adapter with its gateway."""

import http.server
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import uuid4

import pytest

from jiuye.adapters.circuit_breaker import CircuitBreaker
from jiuye.adapters.sms_aliyun import AliyunSmsSender
from jiuye.adapters.sms_http import HttpSmsSender
from jiuye.ports.sms import SmsMessage, SmsRejected, SmsSender, SmsUnavailable
from tests.factories.aliyun import KEY_ID, SECRET, SIGN_NAME, AliyunGateway, running_aliyun
from tests.factories.sandbox import TOKEN, Sandbox, free_port, running_sandbox

PHONE = "13800000001"


def message(message_id: str = "", phone: str = PHONE, code: str = "483920") -> SmsMessage:
    text = f"【就业在线】验证码 {code}，5 分钟内有效。"
    return SmsMessage(
        id=message_id or uuid4().hex, phone=phone, template="login_code", params={"code": code}, text=text
    )


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.fixture
def gateway(sandbox: Sandbox) -> Iterator[Sandbox]:
    yield sandbox
    sandbox.release()


@pytest.fixture(scope="module")
def aliyun() -> Iterator[AliyunGateway]:
    with running_aliyun() as running:
        yield running


def by_http(gateway: Sandbox) -> SmsSender:
    return HttpSmsSender(url=gateway.sms_url, token=TOKEN, inbox_url=f"{gateway.url}/phone")


def by_aliyun(gateway: AliyunGateway) -> SmsSender:
    return AliyunSmsSender(
        access_key_id=KEY_ID,
        access_key_secret=SECRET,
        sign_name=SIGN_NAME,
        templates={"login_code": "SMS_100"},
        endpoint=gateway.endpoint,
        is_secure=False,
    )


@dataclass(frozen=True)
class Line:
    """An adapter and its gateway."""

    sender: SmsSender
    gateway: Sandbox | AliyunGateway


@pytest.fixture(params=["http", "aliyun"])
def line(request: pytest.FixtureRequest, sandbox: Sandbox, aliyun: AliyunGateway) -> Iterator[Line]:
    """Each adapter in turn."""
    makers: dict[str, Callable[[], Line]] = {
        "http": lambda: Line(by_http(sandbox), sandbox),
        "aliyun": lambda: Line(by_aliyun(aliyun), aliyun),
    }
    made = makers[request.param]()
    yield made
    made.gateway.release()


def test_a_message_reaches_the_phone_as_written(line: Line) -> None:
    sent = message(phone="+8613800000011")

    receipt = line.sender.send(sent)

    shown = line.gateway.messages("13800000011")[0]
    assert (shown["message_id"], shown["text"], shown["params"]) == (sent.id, sent.text, {"code": "483920"})
    assert receipt.message_id == sent.id
    assert receipt.provider_id


def test_sending_the_same_message_again_sends_nothing_more(line: Line) -> None:
    sent = message(phone="13800000012")

    assert line.sender.send(sent) == line.sender.send(sent)
    assert len(line.gateway.messages("13800000012")) == 1


def test_threads_may_share_a_sender(line: Line) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(line.sender.send, [message(phone="13800000013") for _ in range(24)]))

    assert len(line.gateway.messages("13800000013")) == 24


def test_an_outage_is_unavailable_and_over_when_it_is_over(line: Line) -> None:
    line.gateway.press(outage=1)
    sent = message(phone="13800000014")
    with pytest.raises(SmsUnavailable):
        line.sender.send(sent)

    line.gateway.release()
    line.sender.send(sent)

    assert len(line.gateway.messages("13800000014")) == 1


def test_a_message_the_gateway_will_not_send_is_rejected(line: Line) -> None:
    line.gateway.press(reject=1)

    with pytest.raises(SmsRejected):
        line.sender.send(message())


def test_a_gateway_too_slow_to_answer_is_unavailable(line: Line) -> None:
    line.gateway.press(slow=4)

    with pytest.raises(SmsUnavailable):
        line.sender.send(message())


def test_codes_and_numbers_stay_out_of_representations() -> None:
    shown = repr(message("m-1"))

    assert PHONE not in shown
    assert "483920" not in shown
    assert "m-1" in shown


# Only the HTTP adapter.


def test_a_simulated_gateway_says_where_its_phones_are(gateway: Sandbox) -> None:
    assert by_http(gateway).inbox_url("+8613800000001") == f"{gateway.url}/phone/13800000001"


def test_wrong_credentials_are_unavailable_for_the_message_may_be_sent_once_they_are_right(gateway: Sandbox) -> None:
    with pytest.raises(SmsUnavailable):
        HttpSmsSender(url=gateway.sms_url, token="wrong").send(message())


def test_nobody_listening_is_unavailable() -> None:
    with pytest.raises(SmsUnavailable):
        HttpSmsSender(url=f"http://127.0.0.1:{free_port()}/sms", token=TOKEN).send(message())


def test_a_real_gateway_has_no_inbox_to_look_into() -> None:
    assert HttpSmsSender(url="https://sms.example", token=TOKEN).inbox_url(PHONE) is None


class Moody(http.server.BaseHTTPRequestHandler):
    """Drops the connection of every call except each third, which it answers properly."""

    calls = 0

    def do_POST(self) -> None:
        type(self).calls += 1
        if type(self).calls % 3:
            self.connection.close()
            return
        body = b'{"provider_id": "p-1"}'
        self.send_response(202)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def moody_url() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Moody)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_broken_connection_is_tried_again(moody_url: str) -> None:
    assert HttpSmsSender(url=moody_url, token=TOKEN).send(message("m-1")).provider_id == "p-1"


class Hands:
    """A clock that is moved by hand."""

    time = 0.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Hands:
    return Hands()


def test_a_gateway_that_keeps_failing_is_left_alone_for_a_while(gateway: Sandbox, clock: Hands) -> None:
    sender = HttpSmsSender(url=gateway.sms_url, token=TOKEN, breaker=CircuitBreaker(failures=2, rest=10, clock=clock))
    gateway.press(outage=1)
    for _ in range(2):
        with pytest.raises(SmsUnavailable):
            sender.send(message())
    gateway.release()

    with pytest.raises(SmsUnavailable, match="not asked again yet"):
        sender.send(message())
    clock.time = 10
    assert sender.send(message()).provider_id


def test_rejected_messages_do_not_open_the_circuit(gateway: Sandbox) -> None:
    sender = HttpSmsSender(url=gateway.sms_url, token=TOKEN, breaker=CircuitBreaker(failures=1))
    gateway.press(reject=1)
    with pytest.raises(SmsRejected):
        sender.send(message())
    gateway.release()

    assert sender.send(message()).provider_id


def test_half_open_lets_one_caller_try(clock: Hands) -> None:
    breaker = CircuitBreaker(failures=1, rest=10, clock=clock)
    breaker.failed()
    assert not breaker.admits()

    clock.time = 10

    assert [breaker.admits(), breaker.admits()] == [True, False]


def test_a_failed_trial_opens_the_circuit_again_and_a_good_one_closes_it(clock: Hands) -> None:
    breaker = CircuitBreaker(failures=3, rest=10, clock=clock)
    for _ in range(3):
        breaker.failed()
    clock.time = 10
    assert breaker.admits()
    breaker.failed()
    assert not breaker.admits()

    clock.time = 20
    assert breaker.admits()
    breaker.succeeded()

    assert breaker.admits()
    assert breaker.admits()
