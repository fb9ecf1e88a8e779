"""Connections to one checked address, with an end for everything: time, and what is read."""

import http.client
import socket
import ssl
import time
from typing import Any

from jiuye.adapters.webhooks_http.addresses import Target

CONNECT = 5.0
"""Seconds until a connection is established."""
MOST_READ = 64 * 1024
"""Bytes read of an answer, headers included."""


class TooMuch(OSError):
    """The answer is longer than `MOST_READ`."""


class _Bounded:
    """Mixed into sockets: each read ends at `ends_at` (monotonic), and all reads together at `left` bytes.

    The timeout of a socket is one read's: a receiver that sends a byte now and then would hold a thread for hours.
    """

    ends_at = 0.0
    left = 0

    def allow(self, ends_at: float) -> None:
        """Begin an exchange."""
        self.ends_at, self.left = ends_at, MOST_READ
        self.settimeout(seconds_until(ends_at))  # type: ignore[attr-defined]

    def recv_into(self, *arguments: Any, **named: Any) -> int:
        if self.left <= 0:
            raise TooMuch
        self.settimeout(seconds_until(self.ends_at))  # type: ignore[attr-defined]
        count: int = super().recv_into(*arguments, **named)  # type: ignore[misc]
        self.left -= count
        return count


class _Socket(_Bounded, socket.socket):
    """A plain socket, for receivers on this machine."""


class _TlsSocket(_Bounded, ssl.SSLSocket):
    """A socket with TLS."""


def seconds_until(moment: float) -> float:
    """Return the seconds until a monotonic moment. Raises `TimeoutError` when it has passed."""
    left = moment - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def tls_context(**given: Any) -> ssl.SSLContext:
    """Return the context that verifies certificates and names; `given` as for `ssl.create_default_context`."""
    context = ssl.create_default_context(**given)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class Connection(http.client.HTTPConnection):
    """An HTTP/1.1 connection to a checked address. Host, SNI and certificate are those of the name."""

    def __init__(self, target: Target, addresses: list[str], tls: ssl.SSLContext, ends_at: float) -> None:
        super().__init__(target.host, target.port)
        self._target, self._addresses, self._tls, self._ends_at = target, addresses, tls, ends_at
        self._parts: list[bytes] = []
        self.opened_at = self.idle_since = time.monotonic()

    def connect(self) -> None:
        """Connect to the first address that accepts. Raises `OSError`."""
        raw = self._open()
        try:
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.sock = self._secured(raw) if self._target.is_tls else raw
        except BaseException:
            raw.close()
            raise

    def exchange(self, headers: dict[str, str], body: bytes, ends_at: float) -> http.client.HTTPResponse:
        """POST and return the answer, its body unread. Raises `OSError` and `http.client.HTTPException`."""
        self._ends_at = ends_at
        if self.sock is None:
            self.connect()
        bounded: Any = self.sock
        bounded.allow(ends_at)
        self._parts = []
        self.request("POST", self._target.path, body, {"Host": self._target.host_header, **headers})
        self.sock.sendall(b"".join(self._parts))
        return self.getresponse()

    def send(self, data: Any) -> None:
        """Keep a part of the request: head and body then leave in one packet."""
        self._parts.append(data)

    def _open(self) -> _Socket:
        connected_by = min(self._ends_at, time.monotonic() + CONNECT)
        problem: OSError = OSError("no address")
        for address in self._addresses:
            raw = _Socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
            try:
                raw.settimeout(seconds_until(connected_by))
                raw.connect((address, self._target.port))
            except OSError as error:
                raw.close()
                problem = error
            else:
                return raw
        raise problem

    def _secured(self, raw: _Socket) -> ssl.SSLSocket:
        self._tls.sslsocket_class = _TlsSocket
        raw.settimeout(min(CONNECT, seconds_until(self._ends_at)))
        return self._tls.wrap_socket(raw, server_hostname=self._target.host.rstrip("."))
