"""API4:2023 Unrestricted resource consumption: sizes, depths, pages and rates have limits."""

import orjson
import pytest

from jiuye.api.routes import LARGEST_BODY
from tests.bars.owasp.conftest import Scene
from tests.bars.owasp.operations import OF_CLIENTS, OPERATIONS, Operation, call

pytestmark = pytest.mark.django_db

WITH_BODY = [one for one in OF_CLIENTS if one.body]
LARGEST_PAGE = 100


def parameters(operation: Operation) -> dict[str, dict[str, object]]:
    return {one["name"]: one["schema"] for one in operation.described.get("parameters", ()) if one["in"] == "query"}


@pytest.mark.parametrize("operation", WITH_BODY, ids=lambda one: one.id)
def test_bodies_that_are_too_large_or_too_deep_are_refused(scene: Scene, operation: Operation) -> None:
    headers = scene.theirs.headers()
    assert call(operation, headers, ids=scene.ids, body="[" * 100_000).status_code == 400
    deep = b'{"a":' * 900 + b"1" + b"}" * 900
    assert call(operation, headers, ids=scene.ids, body=deep).status_code == 422
    declared = {**headers, "Content-Length": str(100 * LARGEST_BODY)}  # it is not read at all
    assert call(operation, declared, ids=scene.ids).status_code == 413


def test_pages_are_of_100_at_most() -> None:
    for operation in OPERATIONS:
        size = parameters(operation).get("size")
        if size is not None:
            most = size.get("maximum")
            assert isinstance(most, int), operation.id
            assert most <= LARGEST_PAGE, operation.id


def test_arrays_in_bodies_have_a_longest_length(scene: Scene) -> None:
    answer = call(
        next(one for one in OF_CLIENTS if one.path.endswith("/agency/jobs:batch")),
        scene.theirs.headers(),
        body={"items": [{} for _ in range(1001)]},
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("operation", OF_CLIENTS, ids=lambda one: one.id)
def test_every_answer_says_what_is_left(scene: Scene, operation: Operation) -> None:
    answer = call(operation, scene.ours.headers())
    kind = orjson.loads(answer.headers["RateLimit"].partition(";")[0])
    assert kind in ("read", "write", "export")
    assert f'"{kind}";q=' in answer.headers["RateLimit-Policy"]
