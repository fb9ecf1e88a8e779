"""Services outside that behave as none should: each a TCP server with one way to fail."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable

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
