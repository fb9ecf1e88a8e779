"""API9:2023 Improper inventory management: what is served is documented, and nothing else is served."""

import re

import pytest
from django.test import Client

from jiuye.kernel.checks import routes
from tests.bars.owasp.operations import OPERATIONS

pytestmark = pytest.mark.django_db

# Served below /api without being an operation.
_PAGES = {"api/v1/openapi.json", "api/v1/docs", "api/v1/docs/changelog", "api/v1/docs/<slug:tag>", "api/v1/"}


def test_every_route_below_api_is_documented() -> None:
    documented = {re.sub(r"{\w+}", "{}", one.path) for one in OPERATIONS}
    served = {pattern for pattern, _ in routes() if pattern.startswith("api/")} - _PAGES
    assert {"/" + re.sub(r"<[^>]+>", "{}", pattern) for pattern in served} == documented


def test_every_operation_has_a_version_in_its_path() -> None:
    assert all(one.path.startswith("/api/v1/") for one in OPERATIONS)


def test_ids_of_operations_are_unique() -> None:
    ids = [one.id for one in OPERATIONS]
    assert len(ids) == len(set(ids))


def test_older_and_newer_versions_and_tools_are_not_there() -> None:
    for path in (
        "/api/",
        "/api/v0/jobs",
        "/api/v2/jobs",
        "/api/internal",
        "/api/v1/debug",
        "/api/v1/docs.json",
        "/graphql",
    ):
        assert Client().get(path).status_code == 404, path
