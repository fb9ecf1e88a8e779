"""A site that receives the sandbox's callbacks, for tests of the sandbox alone."""

import http.server
import threading
from dataclasses import dataclass
from email.message import Message
from typing import Any

import orjson
from flask import Flask

from jiuye.sandbox.callbacks import Courier


@dataclass(frozen=True, slots=True)
class Heard:
    """One received callback."""

    path: str
    headers: "Message[str, str]"
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        """Its JSON."""
        told: dict[str, Any] = orjson.loads(self.body)
        return told


class Site:
    """Listens on a free port within a `with` block; `status` is its answer."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.status = 204
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def _handler(site) -> type[http.server.BaseHTTPRequestHandler]:  # noqa: N805 (`self` is the handler's)
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                site.heard.append(Heard(self.path, self.headers, body))
                self.send_response(site.status)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        return Handler

    def __enter__(self) -> "Site":
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def tell(world: Flask) -> int:
    """Let the sandbox deliver what is due, once. Return how many callbacks there were."""
    return Courier(world).deliver_due()
