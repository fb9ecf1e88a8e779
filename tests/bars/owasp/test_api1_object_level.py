"""API1:2023 Broken object level authorisation: another agency's things are as absent as things that never were."""

from typing import Any

import orjson
import pytest
from django.http import HttpResponse

from tests.bars.owasp.conftest import Scene
from tests.bars.owasp.operations import OF_CLIENTS, Operation, call

pytestmark = pytest.mark.django_db

# Names that do not stand for something of one agency.
_SHARED = {"resume_id", "section", "code", "name"}
WITH_IDS = [
    one for one in OF_CLIENTS if one.names - _SHARED and not one.names & _SHARED and not one.path.startswith("/api/v1/test/")
]  # fmt: skip


def told(answer: HttpResponse) -> Any:
    return answer.status_code, {**orjson.loads(answer.content or b"{}"), "request_id": ""}


@pytest.mark.parametrize("operation", WITH_IDS, ids=lambda one: one.id)
def test_a_foreign_id_answers_as_one_that_nothing_has(scene: Scene, operation: Operation) -> None:
    if operation.id == "putAgencyJob":  # creates a posting of our own under the same external id
        return
    headers = scene.ours.headers()
    foreign = told(call(operation, headers, ids=scene.ids))
    absent = told(call(operation, headers))
    assert foreign == absent
    # Deleting a picture that is not there leaves it so.
    assert foreign[0] == (204 if operation.id == "deleteShopPicture" else 404), foreign


@pytest.mark.parametrize("operation", [one for one in WITH_IDS if one.method == "GET"], ids=lambda one: one.id)
def test_the_owner_reads_them(scene: Scene, operation: Operation) -> None:
    """So that a refusal above means something."""
    if operation.names <= scene.ids.keys():
        assert call(operation, scene.theirs.headers(), ids=scene.ids).status_code in (200, 403, 404, 409)
