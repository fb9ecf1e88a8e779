"""Structured logging: one JSON line per event, on standard error."""

import logging
import sys
from contextlib import suppress

import orjson
import structlog

from jiuye.kernel.http import quoted_values


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


def configure(level: str = "INFO") -> None:
    """Send the records of structlog and of the standard library to standard error as JSON lines."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        quoted_values.processor,
    ]
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
