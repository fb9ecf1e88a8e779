"""WSGI's environment (PEP 3333) of an ASGI scope."""

import sys
from io import BytesIO
from typing import Any

_FIXED = {
    "SCRIPT_NAME": "",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "SERVER_SOFTWARE": "Granian",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.input_terminated": True,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}
_NAMES: dict[bytes, str] = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
_MOST_NAMES = 500
_BODILESS = frozenset({b"transfer-encoding", b"expect"})
"""Headers about the transfer, which is over when the site sees the request."""


def environ_of(scope: dict[str, Any], body: BytesIO, size: int | None) -> dict[str, Any]:
    """Return the environment; `size`: of the body, None for a request without one.

    A header with an underscore is left out: WSGI could not tell `X_Forwarded_For` from `X-Forwarded-For`.
    """
    server, client = scope["server"] or ("", 0), scope["client"] or ("", 0)  # a unix socket has none
    environ: dict[str, Any] = {
        **_FIXED,
        "REQUEST_METHOD": scope["method"],
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": client[0],
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
    }
    for name, value in scope["headers"]:
        key = _NAMES.get(name) or _key(name)
        if not key:
            continue
        text = value.decode("latin-1")
        if key in environ:
            text = f"{environ[key]}{';' if key == 'HTTP_COOKIE' else ','}{text}"
        environ[key] = text
    if size is not None:
        environ["CONTENT_LENGTH"] = str(size)
    return environ


def _key(name: bytes) -> str:
    if b"_" in name or name in _BODILESS:
        return ""
    key = f"HTTP_{name.decode('latin-1').replace('-', '_').upper()}"
    if len(_NAMES) < _MOST_NAMES:
        _NAMES[name] = key
    return key
