"""Calls of services outside, bounded as a whole: in time, from the first byte sent to the last received, and in size.

httpx's timeouts are for one read: a service that sends a byte now and then holds its caller for ever.
"""

import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

MOST_BYTES = 256 * 1024
ASKED = {"Accept-Encoding": "identity"}
"""A header of every call: what is compressed cannot be measured before it is unpacked, and is refused."""


class BoundedTransport(httpx.BaseTransport):
    """A transport whose calls end after `total` seconds (`httpx.ReadTimeout`, `httpx.WriteTimeout`) and whose answers end after
    `MOST_BYTES` or for being compressed (`httpx.DecodingError`).

    A call must be read on the thread that made it, as httpx.Client.request does.
    """

    def __init__(self, total: float) -> None:
        self._total = total
        self._deadline = _Deadline()
        self._inner = httpx.HTTPTransport(retries=0, trust_env=False)
        pool: Any = self._inner._pool
        pool._network_backend = _Backend(pool._network_backend, self._deadline)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; see the class."""
        self._deadline.at = time.monotonic() + self._total
        response = self._inner.handle_request(request)
        if response.headers.get("content-encoding", "identity") != "identity":
            response.close()
            raise httpx.DecodingError("compressed though not asked for")
        if isinstance(response.stream, httpx.SyncByteStream):
            response.stream = _Measured(response.stream)
        return response

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


class _Deadline(threading.local):
    """When the call of this thread must end."""

    at = float("inf")

    def limit(self, timeout: float | None) -> float:
        """Return how long one step may take: never zero, which would mean not to wait at all."""
        left = max(0.001, self.at - time.monotonic())
        return left if timeout is None else min(timeout, left)

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.at


class _Backend(httpcore.NetworkBackend):
    """Opens connections whose reads and writes keep the deadline."""

    def __init__(self, inner: httpcore.NetworkBackend, deadline: _Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        opened = self._inner.connect_tcp(host, port, self._deadline.limit(timeout), local_address, socket_options)
        return _Stream(opened, self._deadline)


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._deadline.is_over:
            raise httpcore.ReadTimeout("the answer took too long")
        return self._inner.read(max_bytes, self._deadline.limit(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if self._deadline.is_over:
            raise httpcore.WriteTimeout("the request took too long")
        self._inner.write(buffer, self._deadline.limit(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._inner.start_tls(ssl_context, server_hostname, self._deadline.limit(timeout))
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Measured(httpx.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for part in self._stream:
            size += len(part)
            if size > MOST_BYTES:
                raise httpx.DecodingError("larger than any answer of this service")
            yield part

    def close(self) -> None:
        getattr(self._stream, "close", lambda: None)()
