"""API3:2023 Broken object property level authorisation: only the named members are written, only the needed ones read."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
import pytest

from jiuye.api.v1.document import document
from tests.bars.owasp.conftest import Scene
from tests.bars.owasp.operations import OF_CLIENTS, Operation, call, sample

pytestmark = pytest.mark.django_db

_NOT_THEIRS = {
    "agency_id": "0190f3a2-7b6e-7c3d-8a1b-000000000001",
    "is_admin": True,
    "created_at": "2020-01-01T00:00:00Z",
}
_PERSONAL = {"phone", "id_number", "id_card", "password", "digest", "secret_key", "phone_index"}
# The contact whom an employer names for its request; colleagues, for their own agency; the made-up people of test mode.
_TOLD = {"readAffiliation", "listMembers", "listTestValues"}
WITH_BODY = [one for one in OF_CLIENTS if one.body]


@pytest.mark.parametrize("operation", WITH_BODY, ids=lambda one: one.id)
def test_members_that_are_not_named_are_refused(scene: Scene, operation: Operation) -> None:
    body = sample(operation.body or {})
    answer = call(operation, scene.theirs.headers(), ids=scene.ids, body={**body, **_NOT_THEIRS})
    assert answer.status_code == 422
    unknown = {one["pointer"] for one in orjson.loads(answer.content)["errors"] if one["rule"] == "unknown"}
    assert unknown >= {f"/{name}" for name in _NOT_THEIRS}


@pytest.mark.parametrize("operation", [one for one in OF_CLIENTS if one.method == "GET"], ids=lambda one: one.id)
def test_lists_and_details_hold_no_number_of_a_person(operation: Operation) -> None:
    """Contacts are given one by one, with a reason, by an operation that is logged."""
    if operation.scope == "resumes:read" or operation.id in _TOLD:
        return
    content = operation.described["responses"].get("200", {}).get("content", {})
    found = set(_members(content.get("application/json", {}).get("schema", {})))
    assert not found & _PERSONAL, operation.id


def _members(schema: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    if depth > 6:
        return
    if "$ref" in schema:
        yield from _members(document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]], depth + 1)
    for key in ("anyOf", "oneOf", "allOf"):
        for one in schema.get(key, ()):
            yield from _members(one, depth + 1)
    if "items" in schema:
        yield from _members(schema["items"], depth + 1)
    for name, inner in schema.get("properties", {}).items():
        yield name
        yield from _members(inner, depth + 1)
