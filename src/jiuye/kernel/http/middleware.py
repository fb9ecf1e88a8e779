"""Middleware for every request: id, log line, metrics, security headers, and the guard that a GET does not write."""

import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port, validate_host

from jiuye.kernel.actor import Actor
from jiuye.kernel.http import compression, framing, metrics
from jiuye.kernel.http.client_address import client_address, is_proxy
from jiuye.kernel.http.request import Request
from jiuye.kernel.write_guard import no_writes

log = structlog.get_logger("request")

LOCAL_HOSTS = (".localhost", "127.0.0.1", "[::1]")
"""Ours while ALLOWED_HOSTS is empty, as Django has it in development."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
HEADERS = {
    **framing.headers_for(None),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def _refuse_forwarded_host(request: HttpRequest) -> None:
    """Raise DisallowedHost (400) if a proxy's header names a host that is not ours. Nothing of ours reads the header; a shared
    cache in front may (CWE-444).
    """
    for given in request.headers.get("X-Forwarded-Host", "").split(","):
        domain, _ = split_domain_port(given.strip())
        if given.strip() and not validate_host(domain, settings.ALLOWED_HOSTS or LOCAL_HOSTS):
            raise DisallowedHost("X-Forwarded-Host names another host")


class RequestMiddleware:
    """The outermost middleware. Logs one JSON line per request: never query values, bodies or personal data."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.headers = {name: value for name, value in HEADERS.items() if name not in framing.headers_for(None)}
        if settings.PRODUCTION:
            self.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    def __call__(self, request: Request) -> HttpResponse:
        started = time.perf_counter()
        request.id = uuid4().hex
        request.get_host()  # raises DisallowedHost (400) for a forged host before anything else
        _refuse_forwarded_host(request)
        if settings.SECURE_PROXY_SSL_HEADER and not is_proxy(request.META, settings.TRUSTED_PROXIES):
            request.META.pop(settings.SECURE_PROXY_SSL_HEADER[0], None)
        # From here on REMOTE_ADDR is the client's address; no other code reads forwarding headers.
        request.META["REMOTE_ADDR"] = client_address(request.META, settings.TRUSTED_PROXIES)
        request.actor = Actor.anonymous(ip=request.META["REMOTE_ADDR"])
        if request.method in SAFE_METHODS:
            with no_writes():
                response = self.get_response(request)
        else:
            response = self.get_response(request)
        compression.compress(request, response)
        for name, value in (framing.framing_of(request.path_info, response) | self.headers).items():
            response.headers.setdefault(name, value)
        if not response.streaming and response.status_code not in (204, 304):
            response.headers.setdefault("Content-Length", str(len(response.content)))
        response.headers["X-Request-ID"] = request.id
        self._note(request, response, time.perf_counter() - started)
        return response

    def _note(self, request: Request, response: HttpResponse, seconds: float) -> None:
        route = request.resolver_match.route if request.resolver_match else "-"
        metrics.observe(request.method or "", route, response.status_code, seconds)
        actor = request.actor
        log.info(
            "request",
            id=request.id,
            method=request.method,
            route=route,
            status=response.status_code,
            milliseconds=round(seconds * 1000, 2),
            person=str(actor.person_id) if actor.person_id else None,
            organisation=str(actor.organisation_id) if actor.organisation_id else None,
        )
