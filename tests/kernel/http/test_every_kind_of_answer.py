"""Every kind of answer has the strict policy (bar S6); pages and operations of the URL map are in tests/bars/test_hostile_requests.py."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from jiuye.domains.policies import queries as policies
from jiuye.kernel import space
from jiuye.kernel.errors import Denied, RateLimited, Unavailable
from jiuye.kernel.http.front import refusals
from jiuye.search import queries
from tests.factories.accounts import browser, seeker
from tests.factories.public_site import assert_strict

pytestmark = pytest.mark.django_db
ERRORS = {403: Denied(), 429: RateLimited(7), 500: RuntimeError("broken"), 503: Unavailable()}
FORGED = (
    "evil.example",
    "testserver.evil.example",
    "testserver@evil.example",
    "evil.example:80",
    "testserver:80@evil.example",
    "",
)


def _page() -> Client:
    return Client(raise_request_exception=False)


KINDS: dict[str, tuple[int, Callable[[], Any]]] = {
    "page": (200, lambda: _page().get("/privacy")),
    "home": (200, lambda: _page().get("/")),
    "JSON": (200, lambda: _page().get("/regions.json")),
    "feed": (200, lambda: _page().get("/status.atom")),
    "sitemap": (200, lambda: _page().get("/sitemap.xml")),
    "document of the API": (200, lambda: _page().get("/api/v1/openapi.json")),
    "documentation of the API": (200, lambda: _page().get("/api/v1/docs")),
    "service worker": (200, lambda: _page().get("/service-worker.js")),
    "alive": (200, lambda: _page().get("/livez")),
    "leads on": (302, lambda: _page().get("/me")),
    "without its slash": (302, lambda: _page().get("/privacy/")),
    "no page": (404, lambda: _page().get("/no-such-page")),
    "no operation": (404, lambda: _page().get("/api/v1/no-such-operation")),
    "no file of ours": (404, lambda: _page().get("/static/no-such-file.js")),
    "no metrics": (404, lambda: _page().get("/metrics")),
    "wrong method": (405, lambda: _page().delete("/privacy")),
    "wrong method of the API": (405, lambda: _page().delete("/api/v1/jobs")),
    "NUL": (400, lambda: _page().get("/jobs?q=%00")),
    "forged host": (400, lambda: _page().get("/", headers={"Host": "evil.example"})),
    "foreign form": (
        403,
        lambda: Client(enforce_csrf_checks=True).post("/login", headers={"Origin": "https://evil.example"}),
    ),
    "no credential": (401, lambda: _page().get("/api/v1/agency/jobs")),
    "unknown client": (400, lambda: _page().post("/oauth/token", {"grant_type": "client_credentials"})),
    "unsigned call": (401, lambda: _page().post("/callbacks/authority", "{}", content_type="application/json")),
    "too large": (413, lambda: _page().post("/login", "x", "text/plain", headers={"Content-Length": "900000000"})),
    "too large for the API": (
        413,
        lambda: _page().post("/api/v1/agency/jobs", "x", "application/json", headers={"Content-Length": "900000000"}),
    ),
    "too long": (414, lambda: _page().get("/jobs?q=" + "x" * 9000)),
    "parameter refused": (422, lambda: _page().get("/api/v1/jobs?no_such=1")),
    "form refused": (422, lambda: _page().post("/login", {"phone": "1"})),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_has_the_policy(kind: str) -> None:
    status, ask = KINDS[kind]
    answer = ask()
    assert answer.status_code == status
    assert_strict(answer)


@pytest.mark.parametrize("status", ERRORS)
@pytest.mark.parametrize("path", ["/policies", "/api/v1/jobs"])
def test_so_has_every_error(path: str, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ERRORS[status]

    monkeypatch.setattr(queries, "search_raw", broken)
    monkeypatch.setattr(policies, "policies", broken)
    answer: Any = _page().get(path)
    assert answer.status_code == status
    assert_strict(answer)


def test_so_has_the_answer_when_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(policies, "policies", away)
    answer: Any = _page().get("/policies")
    assert answer.status_code == 503
    assert_strict(answer)


def test_so_has_the_answer_when_the_disk_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space, "is_short", lambda: True)
    answer: Any = browser(seeker()).post("/me/history/forget")
    assert answer.status_code == 503
    assert_strict(answer)


@pytest.mark.parametrize("name", ["ALIVE", "TOO_SLOW", "TOO_MANY", "BOTH_LENGTHS"])
def test_so_have_the_answers_of_the_front(name: str) -> None:
    start, _ = getattr(refusals, name)
    assert_strict(HttpResponse(headers={key.decode(): value.decode() for key, value in start["headers"]}))


@pytest.mark.parametrize("host", FORGED)
@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host"])
@pytest.mark.parametrize("path", ["/", "/login", "/api/v1/jobs", "/oauth/token", "/livez", "/static/x.css"])
def test_a_forged_host_is_refused(path: str, header: str, host: str) -> None:
    answer: Any = Client().get(path, headers={header: host})
    assert answer.status_code == (400 if host or header == "Host" else Client().get(path).status_code)
    assert b"evil.example" not in getattr(answer, "content", b"")


@pytest.mark.parametrize("host", ["testserver", "testserver:443", "testserver, testserver"])
def test_a_proxy_may_name_our_own_host(host: str) -> None:
    assert Client().get("/privacy", headers={"X-Forwarded-Host": host}).status_code == 200
