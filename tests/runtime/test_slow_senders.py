"""Slow, large and odd requests over real HTTP, sent to the web process as `./jiuye up` starts it."""

import http.client
import os
import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest

from jiuye.runtime.processes import wait_until
from jiuye.runtime.up import web_command
from tests.factories import databases
from tests.factories.sandbox import free_port

pytestmark = pytest.mark.processes
SLOW = 40
PATIENCE = 12.0  # seconds: far less than slow senders have, generous for a busy machine
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
SENDERS = {
    "a form, byte by byte": f"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\n{FORM}Content-Length: 60000\r\n\r\na",
    "a callback": "POST /callbacks/authority HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000\r\n\r\na",
    "chunks": "POST /callbacks/authority HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n",
    "a body that stops": f"POST /api/v1/agency/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000\r\n\r\n{'a' * 9000}",
    "a body of a GET": "GET /jobs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000\r\n\r\na",
    "headers": "GET /jobs HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\r\n",
    "a preface": "PRI * HT",
    "nothing": "",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """One web process on a database without content; its port."""
    folder, port = tmp_path_factory.mktemp("slow"), free_port()
    log = folder / "web.log"
    with databases.copy_of(databases.migrated(), f"slow_{os.getpid()}") as dsn, log.open("wb") as output:
        environment = os.environ | {
            "DATABASE_URL": dsn,
            "DATA_DIR": str(folder / "data"),
            "SITE_URL": f"http://127.0.0.1:{port}",
            "SANDBOX_URL": "http://127.0.0.1:9",
        }
        process = subprocess.Popen(web_command(port, workers=1), env=environment, stdout=output, stderr=output)
        try:
            assert wait_until(lambda: is_up(port), seconds=120), said(log)
            yield port
        finally:
            process.terminate()
            process.wait(30)


def said(log: Path) -> str:
    return log.read_text(errors="replace")[-3000:]


def is_up(port: int) -> bool:
    try:
        return get(port, "/readyz")[0] == 200
    except OSError:
        return False


def get(port: int, path: str, **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response.status, response.read()


def say(port: int, request: bytes) -> bytes:
    """Send raw bytes and return what is answered until the connection closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(request)
        answered = b""
        while received := connection.recv(65536):
            answered += received
            if b"\r\n\r\n" in answered and b"transfer-encoding" not in answered.lower():
                head, _, body = answered.partition(b"\r\n\r\n")
                length = re.search(rb"content-length: (\d+)", head.lower())
                if length and len(body) >= int(length[1]):
                    break
        return answered


def sign_in_step(port: int) -> int:
    """Open the sign-in form and send it with a phone number; return the status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/login")
    opened = connection.getresponse()
    page = opened.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token, page[:500]
    cookie = "; ".join(one.split(";")[0] for one in opened.headers.get_all("Set-Cookie") or [])
    body = urlencode({"csrfmiddlewaretoken": token[1], "phone": "123"})
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": cookie,
        "Origin": f"http://127.0.0.1:{port}",
    }
    connection.request("POST", "/login", body, headers)
    return connection.getresponse().status


@pytest.mark.parametrize("kind", SENDERS)
def test_while_slow_senders_last_the_site_and_its_forms_answer(site: int, kind: str) -> None:
    with ExitStack() as open_connections:
        for _ in range(SLOW):
            connection = socket.create_connection(("127.0.0.1", site))
            open_connections.enter_context(connection)
            connection.sendall(SENDERS[kind].encode())
        assert get(site, "/livez") == (200, b"ok")
        assert get(site, "/jobs")[0] == 200
        assert sign_in_step(site) == 422


def chunked(path: str, size: int, kind: str = "application/x-www-form-urlencoded") -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head.encode() + f"{size:x}\r\n".encode() + b"a" * size + b"\r\n0\r\n\r\n"


def of_length(path: str, declared: int, sent: bytes = b"", kind: str = "application/x-www-form-urlencoded") -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\nContent-Length: {declared}\r\n\r\n"
    return head.encode() + sent


@pytest.mark.parametrize(
    "request_",
    [of_length("/login", 500_000_000), of_length("/login", 300_000, b"a" * 300_000), chunked("/login", 300_000)],
    ids=["declared", "sent", "in chunks"],
)
def test_a_body_above_the_routes_limit_is_refused_and_the_limit_named(site: int, request_: bytes) -> None:
    answered = say(site, request_)
    assert answered.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in answered.lower()
    assert "最多 256 KB" in answered.decode()


@pytest.mark.parametrize("path", ["/api/v1/agency/jobs", "/callbacks/authority", "/oauth/token"])
def test_a_program_gets_a_problem(site: int, path: str) -> None:
    answered = say(site, of_length(path, 100_000_000, kind="application/json"))
    assert answered.startswith(b"HTTP/1.1 413 ")
    assert b"application/problem+json" in answered


def test_a_route_that_takes_files_takes_more_than_a_form(site: int) -> None:
    answered = say(site, of_length("/feedback", 900_000, b"a" * 900_000))
    assert answered.startswith(b"HTTP/1.1 403 ")  # only the token of the form is missing


def multipart(parts: int, *, files: bool) -> bytes:
    name = '; filename="a.txt"' if files else ""
    one = "".join(f'--b\r\nContent-Disposition: form-data; name="n{n}"{name}\r\n\r\nx\r\n' for n in range(parts))
    body = f"{one}--b--\r\n".encode()
    return of_length("/login", len(body), body, "multipart/form-data; boundary=b")


FIELDS = "&".join(f"a{n}=1" for n in range(2500)).encode()


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (of_length("/login", len(FIELDS), FIELDS), 403),  # the token is not looked for
        (multipart(2100, files=False), 403),
        (multipart(120, files=True), 403),
        (b"GET /jobs?" + b"a&" * 3000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        (b"GET /api/v1/jobs?" + b"a&" * 3000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        (b"GET /jobs?q=" + b"a" * 9000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 414),
        (b"GET /api/v1/jobs?q=" + b"a" * 9000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 414),
        (b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 414),
        (b"GET /jobs HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: " + b"a" * 300000 + b"\r\n\r\n", 431),
        (b"GET /jobs HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-A: a\r\n" * 150 + b"\r\n", 431),
        (b"GET /%ff%fe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 404),
        (b"GET /jobs HTTP/1.1\r\n\r\n", 400),
        (b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n", 400),
        (b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400),
    ],
    ids=[
        "fields", "parts", "files", "parameters", "parameters of a program", "query", "query of a program", "path",
        "header", "headers", "bytes", "no host", "negative length", "two lengths",
    ],
)  # fmt: skip
def test_what_is_too_much_or_senseless_is_refused_as_the_senders_fault(site: int, request_: bytes, status: int) -> None:
    assert say(site, request_).split(b" ", 2)[1] == str(status).encode()
