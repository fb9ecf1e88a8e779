"""API5:2023 Broken function level authorisation: each operation needs its scope, and a member who may do it."""

import orjson
import pytest
from django.test import Client

from jiuye.domains.clients.states import Scope
from tests.bars.owasp.conftest import Scene
from tests.bars.owasp.operations import OF_CLIENTS, OPERATIONS, Operation, call
from tests.factories import clients, organisations

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("operation", OF_CLIENTS, ids=lambda one: one.id)
def test_without_its_scope_nothing_is_answered(scene: Scene, operation: Operation) -> None:
    others = [one for one in Scope.values if one != operation.scope]
    caller = clients.caller(scene.theirs.agency, scopes=others)
    answer = call(operation, caller.headers(), ids=scene.ids)
    assert (answer.status_code, orjson.loads(answer.content)["code"]) == (403, "insufficient_scope")
    assert operation.scope in orjson.loads(answer.content)["detail"]


@pytest.mark.parametrize("operation", [one for one in OF_CLIENTS if one.method != "GET"], ids=lambda one: one.id)
def test_writes_name_a_member_of_the_agency(scene: Scene, operation: Operation) -> None:
    bearer = {"Authorization": f"Bearer {scene.theirs.key}"}
    nobody = call(operation, bearer, ids=scene.ids)
    assert nobody.status_code == 422
    assert orjson.loads(nobody.content)["errors"][0]["parameter"] == "On-Behalf-Of"
    stranger = call(operation, {**bearer, "On-Behalf-Of": str(scene.ours.member_id)}, ids=scene.ids)
    assert (stranger.status_code, orjson.loads(stranger.content)["code"]) == (403, "not_a_member")


# They check what was sent, or are what viewers do in the portal too.
_FOR_VIEWERS = {"validateAgencyJobs", "verifyWebhookSignature", "viewApplication"}
# They answer with a result for each item.
_BATCHES = {"batchAgencyJobs": ("created", "updated"), "rejectApplications": ("done",)}


@pytest.mark.parametrize("operation", [one for one in OF_CLIENTS if one.method != "GET"], ids=lambda one: one.id)
def test_a_client_may_do_no_more_than_its_member(scene: Scene, operation: Operation) -> None:
    if operation.id in _FOR_VIEWERS or operation.path.startswith("/api/v1/test/"):
        return
    viewer = organisations.member(scene.theirs.agency, role="viewer")
    headers = scene.theirs.headers() | {"On-Behalf-Of": str(viewer.person)}
    answer = call(operation, headers, ids=scene.ids)
    if answer.status_code < 400 and operation.id in _BATCHES:
        assert not any(orjson.loads(answer.content)[count] for count in _BATCHES[operation.id])
    else:
        assert answer.status_code >= 400, (operation.id, answer.content)


def test_methods_that_are_not_documented_are_refused() -> None:
    known: dict[str, set[str]] = {}
    for operation in OPERATIONS:
        known.setdefault(operation.path, set()).add(operation.method)
    for operation in OPERATIONS:
        for method in {"POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"} - known[operation.path]:
            answer = Client().generic(method, operation.address({}))
            assert answer.status_code == 405, (method, operation.path)
