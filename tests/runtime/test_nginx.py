"""deploy/nginx: Debian's nginx accepts it, and slow, large or hurried clients do not get past it. Before a site that only notes
what reaches it.
"""

import http.client
import json
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from jiuye.runtime import nginx
from jiuye.runtime.processes import wait_until
from tests.factories.sandbox import free_port

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(nginx.PROGRAM is None, reason="nginx is not installed here: apt-get install nginx"),
]
PATIENCE = 10.0


@dataclass
class Seen:
    """What reached the site."""

    requests: list[dict[str, str]] = field(default_factory=list)


@dataclass
class Front:
    """nginx with the configuration of deploy/, and the site behind it."""

    port: int
    seen: Seen

    def connect(self, source: int = 1) -> ssl.SSLSocket:
        """Open a TLS connection from the address 127.0.0.`source`."""
        wire = socket.create_connection(("127.0.0.1", self.port), PATIENCE, (f"127.0.0.{source}", 0))
        trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        return trusting.wrap_socket(wire, server_hostname="jobs.example")

    def ask(
        self, method: str, path: str, body: bytes = b"", *, source: int = 1, **headers: str
    ) -> tuple[int, str, str]:
        """Return status, Retry-After and text of an answer."""
        connection = http.client.HTTPSConnection("jobs.example", timeout=PATIENCE)
        connection.sock = self.connect(source)
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Retry-After", ""), answer.read().decode()


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder, port, seen = tmp_path_factory.mktemp("nginx"), free_port(), Seen()
    site = ThreadingHTTPServer(("127.0.0.1", 0), noting(seen))
    threading.Thread(target=site.serve_forever, daemon=True).start()
    configuration = prepared(folder, port=port, plain=free_port(), site=site.server_port)
    process = subprocess.Popen(
        [str(nginx.PROGRAM), "-c", str(configuration), "-g", "daemon off;"], stderr=subprocess.DEVNULL
    )
    try:
        assert wait_until(lambda: answers(port), seconds=30), (folder / "error.log").read_text()
        yield Front(port, seen)
    finally:
        process.terminate()
        process.wait(20)
        site.shutdown()


def noting(seen: Seen) -> type[BaseHTTPRequestHandler]:
    class Site(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            seen.requests.append(dict(self.headers) | {"path": self.path, "body": str(len(self.rfile.read(length)))})
            content = json.dumps(seen.requests[-1]).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815 - the base class names it so

        def log_message(self, *_: object) -> None:
            pass

    return Site


def prepared(folder: Path, *, port: int, plain: int, site: int) -> Path:
    """Write the files with this machine's paths and ports. Return the main one."""
    (folder / "static").mkdir()
    (folder / "static" / "a.css").write_text("a{}")
    changes = {
        "/opt/jiuye/.jiuye/static/": f"{folder}/static/",
        # Slower refilled and smaller, so that a busy machine reaches them.
        "zone=writes:20m rate=5r/s": "zone=writes:20m rate=1r/m",
        "limit_conn address 100;": "limit_conn address 25;",
    }
    return nginx.prepare(folder, port=port, plain=plain, site=site, changes=changes)


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def test_nginx_accepts_the_configuration(tmp_path: Path) -> None:
    main = prepared(tmp_path, port=free_port(), plain=free_port(), site=free_port())
    outcome = subprocess.run([str(nginx.PROGRAM), "-t", "-c", str(main)], capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr
    assert "warn" not in outcome.stderr


def test_the_site_is_told_address_and_scheme_by_nginx_alone(front: Front) -> None:
    forged = {"X-Forwarded-For": "10.9.9.9", "X-Forwarded-Proto": "http", "X_Forwarded_For": "10.9.9.9"}
    status, _, text = front.ask("GET", "/jobs", source=2, **forged)
    seen = json.loads(text)
    assert (status, seen["X-Forwarded-For"], seen["X-Forwarded-Proto"]) == (200, "127.0.0.2", "https")
    assert "10.9.9.9" not in text


def test_slow_bodies_do_not_reach_the_site_while_others_are_answered(front: Front) -> None:
    before = len(front.seen.requests)
    head = b"POST /login HTTP/1.1\r\nHost: jobs.example\r\nContent-Length: 60000\r\n\r\na"
    with ExitStack() as connections:
        for number in range(45):
            slow = connections.enter_context(front.connect(10 + number % 3))
            slow.sendall(head)
        assert front.ask("GET", "/livez", source=3)[0] == 200
        assert json.loads(front.ask("POST", "/login", b"a" * 100_000, source=3)[2])["body"] == "100000"
    assert [one["path"] for one in front.seen.requests[before:]] == ["/livez", "/login"]


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/login", 400_000, 413),
        ("/agency/jobs/new", 400_000, 413),
        ("/feedback", 3_000_000, 200),
        ("/agency/imports", 3_000_000, 200),
        ("/api/v1/agency/imports", 3_000_000, 200),
        ("/employer/qualification/licence/files", 3_000_000, 200),
    ],
)
def test_sizes_are_limited_by_route(front: Front, path: str, size: int, status: int) -> None:
    answered, _, text = front.ask("POST", path, bytes(size), source=4)
    assert answered == status
    assert status == 200 or "内容太大" in text


def test_who_writes_too_fast_is_told_when_to_try_again_and_others_go_on(front: Front) -> None:
    with ThreadPoolExecutor(20) as pool:
        answered = list(pool.map(lambda _: front.ask("POST", "/login", b"a=1", source=5), range(30)))
    refused = [one for one in answered if one[0] == 429]
    assert len(refused) == 30 - 21
    assert {retry for _, retry, _ in refused} == {"10"}
    assert "太频繁" in refused[0][2]
    assert front.ask("POST", "/login", b"a=1", source=6)[0] == 200


def test_one_address_has_so_many_connections(front: Front) -> None:
    with ExitStack() as connections:
        for _ in range(30):
            slow = connections.enter_context(front.connect(7))
            slow.sendall(b"GET /jobs HTTP/1.1\r\nHost: jobs.example\r\nContent-Length: 9\r\n\r\na")
        assert front.ask("GET", "/jobs", source=7)[0] == 429
        assert front.ask("GET", "/jobs", source=8)[0] == 200


def test_files_of_the_design_need_no_site(front: Front) -> None:
    before = len(front.seen.requests)
    assert front.ask("GET", "/static/a.css", source=9)[::2] == (200, "a{}")
    assert len(front.seen.requests) == before


def test_other_names_are_not_answered(front: Front) -> None:
    connection = http.client.HTTPSConnection("evil.example", timeout=PATIENCE)
    connection.sock = front.connect(9)
    connection.request("GET", "/jobs")
    with pytest.raises(http.client.RemoteDisconnected):
        connection.getresponse()
