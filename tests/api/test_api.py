"""What holds for every operation: access, problems, the OpenAPI document."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from pydantic import BaseModel

from jiuye.api.v1.document import api, document
from jiuye.domains.clients.states import Scope
from jiuye.kernel.access import PUBLIC, Requirement
from jiuye.kernel.checks import routes
from jiuye.search import queries
from tests.factories.public_site import SECURITY_HEADERS, text_of


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


class TestTheDocument:
    def test_it_is_openapi_3_1_and_served(self, client: Client) -> None:
        answer = client.get("/api/v1/openapi.json")
        assert answer.json()["openapi"].startswith("3.1")
        assert json.loads(answer.content) == document()

    def test_it_holds_every_route_of_the_api(self) -> None:
        served = {
            f"/{re.sub(r'<[^>]+>', '{}', str(pattern))}" for pattern, _ in routes() if pattern.startswith("api/v1/")
        }
        described = {re.sub(r"{[^}]+}", "{}", path) for _, path, _ in operations()}
        assert served - described == {
            "/api/v1/openapi.json",
            "/api/v1/docs",
            "/api/v1/docs/changelog",
            "/api/v1/docs/{}",
            "/api/v1/",
        }

    def test_every_schema_has_a_name_of_its_own(self) -> None:
        """Of two schemas with one name the document would show only one."""
        found: dict[str, set[str]] = {}
        waiting = list(BaseModel.__subclasses__())
        while waiting:
            one = waiting.pop()
            waiting += one.__subclasses__()
            if one.__module__.startswith("jiuye."):
                found.setdefault(one.__name__, set()).add(one.__module__)
        shown = set(document()["components"]["schemas"])
        assert {name: modules for name, modules in found.items() if len(modules) > 1 and name in shown} == {}

    def test_every_operation_declares_its_security_and_has_a_name_and_problems(self) -> None:
        for method, path, operation in operations():
            public: list[dict[str, list[str]]] = [{}, {"channelKey": []}]
            scope = operation.get("x-scope")
            of_clients = [{"clientKey": []}, {"clientToken": [scope]}]
            either = [public, of_clients if scope else public, [*public, *of_clients]]
            assert operation["security"] in either, (method, path)
            assert scope is None or operation["security"] != public, (method, path)
            assert scope is None or scope in Scope.values
            assert operation["operationId"]
            assert operation["summary"]
            assert operation["description"]
            refused = {status: answer for status, answer in operation["responses"].items() if int(status) >= 400}
            assert {"401", "429"} <= set(refused)
            assert all(list(answer["content"]) == ["application/problem+json"] for answer in refused.values())

    def test_a_key_is_a_bearer_token_that_may_be_left_out(self) -> None:
        assert document()["components"]["securitySchemes"]["channelKey"]["scheme"] == "bearer"
        assert document()["security"] == [{}, {"channelKey": []}]

    def test_every_route_declares_its_access(self) -> None:
        for pattern, route in routes():
            if pattern.startswith("api/"):
                declared = getattr(route.callback, "access", None)
                assert declared is PUBLIC or (isinstance(declared, Requirement) and declared.scope), pattern

    def test_people_can_read_it_too(self, client: Client) -> None:
        text = text_of(client.get("/api/v1/docs"))
        for _, path, operation in operations():
            assert path in text
            assert operation["summary"] in text

    def test_ninja_answers_no_address_that_is_not_ours(self, client: Client) -> None:
        assert api.docs_url is None
        assert client.get("/api/v1/").status_code == 404


class TestProblems:
    @pytest.mark.parametrize("address", ["nothing", "jobs/1", "jobs/", "jobs/x/y", ""])
    def test_what_is_not_there(self, client: Client, address: str) -> None:
        answer = client.get(f"/api/v1/{address}")
        assert answer.status_code == 404
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == 404

    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
    def test_what_is_only_read(self, client: Client, method: str) -> None:
        answer = client.generic(method, "/api/v1/regions")
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
        assert answer.headers["Allow"] == "GET, HEAD"

    def test_head_is_as_get(self, client: Client) -> None:
        head, get = client.head("/api/v1/regions"), client.get("/api/v1/regions")
        assert head.status_code == 200
        assert head.headers["ETag"] == get.headers["ETag"]

    @pytest.mark.parametrize(("error", "status"), [(OperationalError("secret"), 503), (RuntimeError("secret"), 500)])
    def test_what_goes_wrong_inside_is_told_without_its_text(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
    ) -> None:
        def broken(*_: object) -> None:
            raise error

        monkeypatch.setattr(queries, "search_raw", broken)
        answer = client.get("/api/v1/jobs")
        assert answer.status_code == status
        assert answer.headers["Cache-Control"] == "no-store"
        assert "secret" not in answer.content.decode()
        for header in SECURITY_HEADERS:
            assert answer.headers.get(header), header
