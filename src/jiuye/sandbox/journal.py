"""One JSON log line per request on standard output. Routes, not paths: a path may hold a phone number."""

import json
import sys
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, request


def install(app: Flask) -> None:
    """Log every request of the application after its response."""

    @app.before_request
    def started() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def answered(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else None
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "event": "request",
            "service": "sandbox",
            "method": request.method,
            "route": route,
            "status": response.status_code,
            "ms": round((time.perf_counter() - g.started) * 1000, 1),
        }
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()
        return response
