"""Prometheus metrics: requests by route and status, and their duration."""

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest

_requests = Counter("jiuye_requests", "Requests answered", ["method", "route", "status"])
_seconds = Histogram(
    "jiuye_request_seconds", "Time to answer", ["route"], buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5)
)


def observe(method: str, route: str, status: int, seconds: float) -> None:
    """Count one request. `route` is the pattern, never the path, so that the number of labels stays small."""
    _requests.labels(method, route, str(status)).inc()
    _seconds.labels(route).observe(seconds)


def exposition() -> tuple[bytes, str]:
    """Return the metrics of this process in Prometheus' text format, and its content type."""
    return generate_latest(), CONTENT_TYPE_LATEST
