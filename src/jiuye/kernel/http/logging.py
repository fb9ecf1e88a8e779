"""Structured logging: one JSON line per event, on standard error."""

import logging
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

import orjson
import structlog

from jiuye.kernel.http import quoted_values
from jiuye.kernel.identifiers import mask_numbers


class _Writer(structlog.BytesLogger):
    """Writes lines directly to standard error: three times as fast as through the standard library.

    A line that cannot be written (a full disk, a closed pipe) is lost: no request fails for it.
    """

    def __init__(self, name: str) -> None:
        super().__init__(sys.stderr.buffer)
        self.name = name

    def msg(self, message: bytes) -> None:
        """Write one line."""
        with suppress(OSError, ValueError):
            super().msg(message)

    log = debug = info = warning = warn = error = critical = failure = fatal = exception = msg


def without_numbers(logger: object, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Mask numbers of people in what went wrong. A structlog processor; lines of usual work have routes, ids and figures only."""
    if method not in ("debug", "info"):
        for name, value in line.items():
            if isinstance(value, str | BaseException):
                line[name] = mask_numbers(value if isinstance(value, str) else repr(value))
    return line


def shared_processors() -> list[structlog.typing.Processor]:
    """Return what every line goes through before it is written."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        quoted_values.processor,
        without_numbers,
    ]


def configure(level: str = "INFO") -> None:
    """Send the records of structlog and of the standard library to standard error as JSON lines."""
    shared = shared_processors()
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(serializer=_encode)],
        logger_factory=_writer,
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger("procrastinate").setLevel("WARNING")
    logging.getLogger("httpx").setLevel("WARNING")


def _writer(name: str = "jiuye", *_: object) -> _Writer:
    return _Writer(name)


def _encode(line: object, **_: object) -> bytes:
    return orjson.dumps(line, default=repr, option=orjson.OPT_NON_STR_KEYS)
