"""API8:2023 Security misconfiguration: headers, methods, caches, origins, and errors without their insides."""

import re

import pytest
from django.test import Client

from jiuye.search import queries
from tests.bars.owasp.conftest import Scene
from tests.bars.owasp.operations import OF_CLIENTS, OPERATIONS, Operation, call
from tests.factories.public_site import SECURITY_HEADERS

pytestmark = pytest.mark.django_db

_INSIDES = re.compile(rb"Traceback|File \\?\"|/src/|psycopg|django\.|SELECT |site-packages")


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.id)
def test_every_answer_has_the_security_headers_and_allows_no_other_origin(scene: Scene, operation: Operation) -> None:
    headers = {**scene.ours.headers(), "Origin": "https://evil.example"} if operation.scope else {}
    answer = call(operation, headers)
    for header in SECURITY_HEADERS:
        assert answer.headers.get(header), header
    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]
    assert not {"Server", "X-Powered-By"} & set(answer.headers)
    assert not answer.cookies
    assert answer.status_code < 500
    if not answer.streaming:
        assert not _INSIDES.search(answer.content)


@pytest.mark.parametrize("operation", [one for one in OF_CLIENTS if one.method == "GET"], ids=lambda one: one.id)
def test_no_shared_cache_keeps_what_is_an_agencys(scene: Scene, operation: Operation) -> None:
    kept = call(operation, scene.theirs.headers(), ids=scene.ids).headers.get("Cache-Control", "")
    assert "private" in kept or "no-store" in kept, operation.id


def test_an_error_inside_tells_nothing(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret of /src/jiuye")

    monkeypatch.setattr(queries, "search_raw", broken)
    answer = Client().get("/api/v1/jobs")
    assert answer.status_code == 500
    assert b"secret" not in answer.content
    assert not _INSIDES.search(answer.content)


def test_a_preflight_gets_no_permission() -> None:
    answer = Client().options(
        "/api/v1/agency/jobs", headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    )
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]


def test_a_forged_host_is_refused() -> None:
    assert Client().get("/api/v1/jobs", headers={"Host": "evil.example"}).status_code == 400
