"""Webhooks over HTTP/1.1, with connections kept open between calls.

The standard library's client, because it costs the least per call (`bench/_api_webhooks.py` compares).
"""

import http.client
import socket
import ssl
import threading
import time
from collections import deque

from jiuye.adapters.webhooks_http.addresses import Refused, Resolve, Target, addresses_of, fault_of, target_of
from jiuye.adapters.webhooks_http.connections import Connection, TooMuch, tls_context
from jiuye.ports.webhooks import Answer, Call, Problem, UrlFault, WebhookSender

TOTAL = 15.0
"""Seconds of a whole call."""
KEPT_OF_ANSWER = 1024
_IDLE, _OLDEST = 30.0, 300.0
_MOST_IDLE_EACH, _MOST_IDLE = 8, 512


class HttpWebhookSender(WebhookSender):
    """Calls URLs on the public Internet by https.

    `allows_loopback` admits http and https to this machine as well, for development and tests. `tls` and `resolve` are
    for tests.
    """

    def __init__(
        self,
        *,
        allows_loopback: bool = False,
        tls: ssl.SSLContext | None = None,
        resolve: Resolve | None = None,
        total: float = TOTAL,
    ) -> None:
        self._allows_loopback = allows_loopback
        self._tls = tls or tls_context()
        self._resolve = resolve or socket.getaddrinfo
        self._total = total
        self._idle: dict[tuple[bool, str, int], deque[Connection]] = {}
        self._lock = threading.Lock()

    def fault_of(self, url: str) -> UrlFault:
        """See `WebhookSender.fault_of`."""
        return fault_of(url, allows_loopback=self._allows_loopback)

    def send(self, call: Call) -> Answer:
        """See `WebhookSender.send`."""
        started = time.monotonic()
        try:
            target = target_of(call.url, allows_loopback=self._allows_loopback)
            status, body, retry_after = self._send(target, call, started + self._total)
        except Exception as error:  # whatever a receiver does to us
            return Answer(None, problem_of(error), b"", "", _milliseconds_since(started))
        return Answer(status, "", body, retry_after, _milliseconds_since(started))

    def _send(self, target: Target, call: Call, ends_at: float) -> tuple[int, bytes, str]:
        headers = dict(call.headers)
        while connection := self._kept(target):
            try:
                return self._exchange(target, connection, headers, call.body, ends_at)
            except (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected, ssl.SSLEOFError):
                continue  # the receiver had closed it meanwhile
        addresses = addresses_of(target, allows_loopback=self._allows_loopback, resolve=self._resolve)
        connection = Connection(target, addresses, self._tls, ends_at)
        return self._exchange(target, connection, headers, call.body, ends_at)

    def _exchange(
        self, target: Target, connection: Connection, headers: dict[str, str], body: bytes, ends_at: float
    ) -> tuple[int, bytes, str]:
        try:
            answer = connection.exchange(headers, body, ends_at)
            kept, is_whole = _read(answer)
        except BaseException:
            connection.close()
            raise
        if is_whole and not answer.will_close:
            self._keep(target, connection)
        else:
            connection.close()
        return answer.status, kept, answer.headers.get("Retry-After", "")[:60]

    def _kept(self, target: Target) -> Connection | None:
        """Take out the connection used last, if it is young enough: names get new addresses, certificates are revoked."""
        now = time.monotonic()
        with self._lock:
            idle = self._idle.get((target.is_tls, target.host, target.port))
            while idle:
                connection = idle.pop()
                if now - connection.idle_since < _IDLE and now - connection.opened_at < _OLDEST:
                    return connection
                connection.close()
        return None

    def _keep(self, target: Target, connection: Connection) -> None:
        connection.idle_since = time.monotonic()
        with self._lock:
            if sum(map(len, self._idle.values())) >= _MOST_IDLE:
                for connections in self._idle.values():
                    for one in connections:
                        one.close()
                self._idle.clear()
            idle = self._idle.setdefault((target.is_tls, target.host, target.port), deque())
            idle.append(connection)
            if len(idle) > _MOST_IDLE_EACH:
                idle.popleft().close()


def problem_of(error: Exception) -> Problem:
    """Return the problem that an exception stands for."""
    if isinstance(error, Refused):
        return "address" if str(error) == "address" else "url"
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, ssl.SSLError):
        return "tls"
    if isinstance(error, socket.gaierror | UnicodeError):
        return "name"
    if isinstance(error, ConnectionRefusedError):
        return "connect"
    if isinstance(error, OSError) and not isinstance(error, ConnectionError | TooMuch):
        return "connect"
    return "broken"


def _milliseconds_since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


def _read(answer: http.client.HTTPResponse) -> tuple[bytes, bool]:
    """Return the first KB of the body, and whether it was read to its end. The status counts even if the body breaks off."""
    kept = b""
    try:
        kept = answer.read(KEPT_OF_ANSWER)
        while not answer.isclosed() and answer.read(8192):
            pass
    except (OSError, http.client.HTTPException):
        return kept, False
    return kept, True
