"""API2:2023 Broken authentication: every operation of clients wants a credential, whatever it looks like."""

import orjson
import pytest
from django.test import Client

from jiuye.domains.clients.models import ApiClient
from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.clients.states import Mode
from jiuye.kernel import clock
from tests.bars.owasp.conftest import Scene
from tests.bars.owasp.operations import OF_CLIENTS, OPERATIONS, Operation, call
from tests.factories import clients

pytestmark = pytest.mark.django_db

WRONG = {
    "unknown": "Bearer jya_live_" + "A" * 43,
    "token": "Bearer jyt_live_" + "A" * 43,
    "cut": "Bearer jya_live_",
    "none": "Bearer ",
    "basic": "Basic anlhOmp5YQ==",
    "jwt": "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.",
}


@pytest.mark.parametrize("operation", OF_CLIENTS, ids=lambda one: one.id)
def test_without_a_credential_nothing_is_answered(scene: Scene, operation: Operation) -> None:
    answer = call(operation, {"On-Behalf-Of": str(scene.theirs.member_id)}, ids=scene.ids)
    assert (answer.status_code, orjson.loads(answer.content)["code"]) == (401, "credential_required")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


@pytest.mark.parametrize("credential", WRONG.values(), ids=WRONG)
def test_a_wrong_one_is_refused_everywhere(scene: Scene, credential: str) -> None:
    for operation in OPERATIONS:
        answer = call(operation, {"Authorization": credential}, ids=scene.ids)
        assert (answer.status_code, orjson.loads(answer.content)["code"]) == (401, "invalid_key"), operation.id


def test_a_credential_in_the_address_counts_for_nothing(scene: Scene) -> None:
    for name in ("access_token", "api_key", "key"):
        assert Client().get("/api/v1/agency/jobs", {name: scene.theirs.key}).status_code == 401


def test_a_revoked_client_is_refused(scene: Scene) -> None:
    caller = clients.caller()
    ApiClient.objects.filter(pk=caller.client_id).update(revoked_at=clock.now())
    forget_callers()
    for operation in OF_CLIENTS:
        assert call(operation, caller.headers()).status_code == 401, operation.id


def test_a_test_key_never_sees_the_live_data(scene: Scene) -> None:
    caller = clients.caller(scene.theirs.agency, mode=Mode.TEST)
    for operation in OF_CLIENTS:
        if operation.method == "GET" and operation.names and operation.names <= scene.ids.keys():
            assert call(operation, caller.headers(), ids=scene.ids).status_code == 404, operation.id
