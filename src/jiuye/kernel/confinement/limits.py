"""What the child process may use. It opens files of strangers by parsers written in C: a fault there must end the child alone."""

import ctypes
import os
import resource
import signal
import sys
from typing import Any

_MEGABYTE = 1024 * 1024
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_NETWORK_EVENTS = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo")
_KINDNESS = 5


def confine(*, megabytes: int, cpu_seconds: int, seconds: float, written_megabytes: int = 0) -> None:
    """Limit memory and processor time (of this process and each of its children), the size of written files and the lifetime;
    close the network as far as this system allows it; let everything else go before.
    """
    for limit, value in (
        (resource.RLIMIT_AS, megabytes * _MEGABYTE),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, written_megabytes * _MEGABYTE),
        (resource.RLIMIT_NOFILE, 128),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    signal.alarm(int(seconds) + 10)  # also if nobody waits for this process any more
    os.nice(_KINDNESS)
    # Without privileges a network namespace needs a user namespace; containers often forbid both.
    if hasattr(ctypes.CDLL(None), "unshare"):
        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)
    sys.addaudithook(_refuse_network)


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _NETWORK_EVENTS:
        raise PermissionError("no network while documents are opened")
