"""Receivers that are slow, endless or broken end in time and hurt nobody else."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from jiuye.adapters.webhooks_http import HttpWebhookSender
from jiuye.adapters.webhooks_http.connections import MOST_READ, tls_context
from jiuye.ports.webhooks import Call
from jiuye.webhooks.delivery import Dispatcher
from jiuye.webhooks.delivery.lanes import MOST_EACH, MOST_FAST, MOST_SLOW, Lanes
from jiuye.webhooks.models import Endpoint
from tests.factories import webhooks
from tests.factories.webhooks import Receiver, Reply

Talk = Callable[[socket.socket], None]


@contextmanager
def speaking(talk: Talk) -> Iterator[str]:
    """A server that says what `talk` says to each connection."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=_guarded, args=(talk, connection), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        listening.close()


def _guarded(talk: Talk, connection: socket.socket) -> None:
    try:
        with connection:
            connection.recv(65536)
            talk(connection)
    except OSError:
        pass


def drip(connection: socket.socket) -> None:
    """A byte of a header now and then, for ever."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        connection.sendall(b"x")
        threading.Event().wait(0.05)


def flood(connection: socket.socket) -> None:
    """Headers without end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(1_000_000):
        connection.sendall(f"X-{number}: {'x' * 60_000}\r\n".encode())


def continues(connection: socket.socket) -> None:
    """Interim answers without end."""
    while True:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")


def nonsense(connection: socket.socket) -> None:
    """No HTTP."""
    connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")


@pytest.mark.parametrize(
    ("talk", "problem"), [(drip, "timeout"), (flood, "broken"), (continues, "broken"), (nonsense, "broken")]
)
def test_a_hostile_answer_ends_in_time_and_size(talk: Talk, problem: str) -> None:
    sender = HttpWebhookSender(allows_loopback=True, total=0.6)
    with speaking(talk) as url:
        answer = sender.send(Call(url, {}, b"{}"))
    assert (answer.status, answer.problem) == (None, problem)


def test_a_status_counts_although_the_body_breaks_off() -> None:
    def short(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")

    with speaking(short) as url:
        answer = HttpWebhookSender(allows_loopback=True).send(Call(url, {}, b"{}"))
    assert (answer.status, answer.body) == (200, b"short")


def test_a_connection_is_used_again_and_replaced_when_the_receiver_has_closed_it(receiver: Receiver) -> None:
    sender = HttpWebhookSender(allows_loopback=True)
    for _ in range(3):
        assert sender.send(Call(receiver.url, {}, b"{}")).status == 204
    [kept] = next(iter(sender._idle.values()))
    kept.sock.shutdown(socket.SHUT_RDWR)
    assert sender.send(Call(receiver.url, {}, b"{}")).status == 204


def test_a_slow_receiver_does_not_delay_a_fast_one(
    endpoint: Endpoint, receiver: Receiver, dispatcher: Dispatcher
) -> None:
    with webhooks.receiver() as slow:
        slow.answer = lambda request: Reply(wait=20)
        delayed = webhooks.endpoint(slow.url)
        webhooks.happen(delayed, 50)
        dispatcher.turn()
        webhooks.happen(endpoint, 50)
        while webhooks.states(endpoint) != ["delivered"] * 50:
            dispatcher.turn()
            dispatcher._wait(0.1)
        assert webhooks.states(delayed) == ["pending"] * 50
        assert len(slow.received) <= 2
        slow.released.set()
        dispatcher.drain()


class TestLanes:
    def test_a_slow_endpoint_keeps_one_call_and_leaves_the_places_of_the_fast(self) -> None:
        now = [0.0]
        lanes, slow, other = Lanes(lambda: now[0]), webhooks.new_id(), webhooks.new_id()
        for _ in range(2):
            lanes.begin(slow, webhooks.new_id())
        lanes.begin(other, webhooks.new_id())
        now[0] = 1.5
        room, slots = lanes.room()
        assert (slots[slow], slots[other]) == (0, 0)
        assert room == MOST_FAST

    def test_many_slow_endpoints_never_take_the_places_of_the_fast(self) -> None:
        now = [0.0]
        lanes = Lanes(lambda: now[0])
        for _ in range(MOST_SLOW + 10):
            lanes.begin(webhooks.new_id(), webhooks.new_id())
        now[0] = 2.0
        assert lanes.room()[0] == MOST_FAST
        assert MOST_EACH < MOST_FAST


def certificate(name: str, folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A self-signed certificate for a name: its file, and the context of a server that has it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    moment = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(serialization.Encoding.PEM, form, plain)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    return path, server


@pytest.mark.parametrize(
    ("asked", "trusted", "expected"),
    [
        ("hooks.example.com", True, (204, "")),
        ("other.example.com", True, (None, "tls")),
        ("hooks.example.com", False, (None, "tls")),
    ],
)
def test_certificate_and_name_are_verified(
    tmp_path: Path, asked: str, trusted: bool, expected: tuple[int | None, str]
) -> None:
    path, server = certificate("hooks.example.com", tmp_path)
    names: list[str] = []
    server.sni_callback = lambda connection, name, context: names.append(name)

    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            raw, _ = listening.accept()
            with server.wrap_socket(raw, server_side=True) as connection:
                request = connection.recv(65536).decode()
                names.append(request.partition("Host: ")[2].partition("\r\n")[0])
                connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
        except OSError:
            pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    port = listening.getsockname()[1]
    tls = tls_context(cafile=str(path)) if trusted else tls_context()
    sender = HttpWebhookSender(
        allows_loopback=True, tls=tls, resolve=lambda host, port, **more: [(0, 0, 0, "", ("127.0.0.1", port))]
    )
    answer = sender.send(Call(f"https://{asked}:{port}/", {}, b"{}"))
    thread.join()
    listening.close()
    assert (answer.status, answer.problem) == expected
    if expected[0]:
        assert names == [asked, f"{asked}:{port}"]


def test_no_more_than_64_kilobytes_of_an_answer_are_read() -> None:
    sent = []

    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
        while True:
            sent.append(connection.send(b"x" * 4096))

    with speaking(endless) as url:
        answer = HttpWebhookSender(allows_loopback=True).send(Call(url, {}, b"{}"))
    assert (answer.status, len(answer.body)) == (200, 1024)
    assert MOST_READ == 64 * 1024
