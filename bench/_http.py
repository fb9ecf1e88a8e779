"""Serve the site for a benchmark, and send requests as fast as it responds."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from jiuye.runtime.up import web_command

HOST = "127.0.0.1"
CONNECTIONS = 4
_PATIENCE = 30.0


@contextmanager
def serving(data: Path) -> Iterator[int]:
    """Run one web process on the first core with data folder `data`, and move this process to the others. Yield the port."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    cores = sorted(os.sched_getaffinity(0))
    process = subprocess.Popen(
        web_command(port, workers=1),
        env=os.environ | {"DATA_DIR": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        os.sched_setaffinity(process.pid, cores[:1])
        os.sched_setaffinity(0, cores[1:] or cores)
        _await(port)
        yield port
    finally:
        os.sched_setaffinity(0, cores)
        process.send_signal(signal.SIGTERM)
        process.wait()


def rate(port: int, paths: Sequence[str]) -> float:
    """Return the responses per second over all paths, on four persistent connections. Raises RuntimeError if one fails."""
    _ask(port, paths[:40])
    shares = [paths[start::CONNECTIONS] for start in range(CONNECTIONS)]
    started = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        answered = sum(pool.map(lambda share: _ask(port, share), shares))
    return answered / (time.perf_counter() - started)


def times(port: int, paths: Sequence[str]) -> tuple[float, ...]:
    """Return the seconds of each response, one after the other on a persistent connection. Raises as `rate` does."""
    _ask(port, paths[:20])
    found = []
    with socket.create_connection((HOST, port), timeout=_PATIENCE) as connection, connection.makefile("rb") as answers:
        for path in paths:
            started = time.perf_counter()
            _ask_on(connection, answers, path)
            found.append(time.perf_counter() - started)
    return tuple(found)


def _ask(port: int, paths: Sequence[str]) -> int:
    with socket.create_connection((HOST, port), timeout=_PATIENCE) as connection, connection.makefile("rb") as answers:
        for path in paths:
            _ask_on(connection, answers, path)
    return len(paths)


def _ask_on(connection: socket.socket, answers: BinaryIO, path: str) -> None:
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
    status = answers.readline()
    if b" 200 " not in status:
        raise RuntimeError(f"{path}: {status!r}")
    _read_rest(answers, path)


def _read_rest(answers: BinaryIO, path: str) -> None:
    """Read headers and body (RFC 9112: by length or in chunks)."""
    length, chunked = 0, False
    while (header := answers.readline()) not in (b"\r\n", b""):
        name, _, value = header.lower().partition(b":")
        if name == b"content-length":
            length = int(value)
        chunked = chunked or (name == b"transfer-encoding" and b"chunked" in value)
    while chunked:
        length = int(answers.readline(), 16)
        answers.read(length + 2)
        if length == 0:
            return
    if len(answers.read(length)) != length:
        raise RuntimeError(f"{path}: cut short")


def _await(port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            _ask(port, ["/livez"])
        except (OSError, RuntimeError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the site did not start")
