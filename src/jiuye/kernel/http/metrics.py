"""Figures for Prometheus: requests by route and status, and how long they took."""

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest

_requests = Counter("jiuye_requests", "Requests answered", ["method", "route", "status"])
_seconds = Histogram(
    "jiuye_request_seconds", "Time to answer", ["route"], buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5)
)


def observe(method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request; `route` is the pattern, never the path, so that labels stay few."""
    _requests.labels(method, route, str(status)).inc()
    _seconds.labels(route).observe(seconds)


def exposition() -> tuple[bytes, str]:
    """All figures of this process in Prometheus' text format, and its content type."""
    return generate_latest(), CONTENT_TYPE_LATEST
