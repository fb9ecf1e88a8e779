"""Bars S1 and S2 for the API: every operation of clients × nobody, a client without the scope, another agency's client, and the
owner's own, each with the owner's ids and a body that is accepted; what is refused writes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import orjson
import pytest
from django.test import Client

from jiuye.api.v1.examples import SOME_ID
from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.clients.states import Mode, Scope
from jiuye.kernel import clock
from tests.bars.owasp.operations import OF_CLIENTS, OPERATIONS, Operation
from tests.bars.staff import Answered, noting, rewound, taken_back
from tests.factories import clients, organisations
from tests.factories.api_stage import EXAMPLES, PREPARED, WITHOUT_EXAMPLE, Stage, prepare

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 2, tzinfo=UTC)
WRITING = {one.id for one in OF_CLIENTS if one.method != "GET"}
WRITES_NOTHING = {
    "validateAgencyJobs": "checks what was sent",
    "verifyWebhookSignature": "checks what was sent",
}
OF_EVERY_CALL = {"kernel_token_bucket", "clients_clientcredential", "clients_usagecount"}
"""Tables that count calls."""
SHARED = {"readFoundResume", "openFoundResume"}
"""What they read is shown to all agencies."""
ABSENT = {
    "readSentPhoto": "the resume was sent without one: tests/api/agency/test_resumes.py",
    "readAgencyImportErrorWorkbook": "no row is rejected: tests/api/agency/test_jobs_imports.py",
}
"""Operations that read what the owner does not have here."""
BY_ITEM = {"changeAgencyJobs", "rejectApplications"}
"""They answer 200 with a result for each item; one that is another agency's is not found."""
NAMES_NOTHING = {
    "createAgencyJob",
    "putAgencyJob",
    "batchAgencyJobs",
    "validateAgencyJobs",
    "uploadAgencySheet",
    "createFair",
    "changeShop",
    "replaceShopSection",
    "addShopPicture",
    "createWebhook",
    "verifyWebhookSignature",
    "moveTestClock",
    "resetTestData",
    "eraseTestSeeker",
}
"""Neither the path nor the body has an id of something that is one agency's: another agency does its own."""


@dataclass(frozen=True)
class Request:
    """A request about the owner's things that the owner's client may send."""

    operation: Operation
    address: str
    body: Any

    def by(self, headers: Mapping[str, str]) -> Answered:
        """Send it with these headers, and take everything back."""
        answer, wrote = noting(partial(self._ask, dict(headers)))
        return answer, {table: rows for table, rows in wrote.items() if table not in OF_EVERY_CALL}

    def _ask(self, headers: dict[str, str]) -> Any:
        if self.operation.method == "GET":
            return Client().get(self.address, headers=headers)
        if self.operation.is_multipart:
            return Client().post(self.address, rewound(self.body), headers=headers)
        sent = b"" if self.body is None else orjson.dumps(self.body)
        return Client().generic(self.operation.method, self.address, sent, "application/json", headers=headers)


@pytest.fixture(scope="module", autouse=True)
def in_december() -> Iterator[None]:
    """The examples name days of January 2027."""
    forget_callers()
    with clock.frozen(NOW):
        yield


@pytest.fixture(scope="module")
def stages(module_transaction: None, in_december: None) -> dict[Mode, Stage]:
    """The owner, with a client of each mode."""
    live, test = Stage(), Stage(Mode.TEST)
    return {Mode.LIVE: live, Mode.TEST: test}


@pytest.fixture(scope="module")
def strangers(stages: dict[Mode, Stage]) -> dict[Mode, clients.Caller]:
    """Clients of another agency that has everything it needs but these things."""
    agency = organisations.agency()
    made = {mode: clients.caller(agency, mode=mode) for mode in Mode}
    for caller in (made[Mode.TEST], stages[Mode.TEST].caller):
        assert caller.get("/test/values").status_code == 200  # test data is made by the first call
    return made


def mode_of(operation: Operation) -> Mode:
    return Mode.TEST if operation.path.startswith("/api/v1/test/") else Mode.LIVE


def request_of(stage: Stage, operation: Operation) -> Request:
    """Make what the operation is about, and the request."""
    ids, about = prepare(stage, operation.id, operation.names)
    if isinstance(about, dict):
        body: Any = about
    elif operation.id in EXAMPLES:
        example = orjson.dumps(EXAMPLES[operation.id][2])
        body = orjson.loads(example.replace(SOME_ID.encode(), str(about or SOME_ID).encode()))
    else:
        body = None
    return Request(operation, operation.address(ids), body)


def assert_is_problem(answer: Any, operation: Operation) -> None:
    """Check that a refusal is a problem (RFC 9457)."""
    assert answer.headers["Content-Type"].startswith("application/problem+json"), operation.id
    told = orjson.loads(answer.content)
    assert told["status"] == answer.status_code
    assert {"type", "title", "status", "code", "detail"} <= told.keys()


def test_every_operation_that_writes_has_a_request() -> None:
    """Add a new one to `tests/factories/api_stage.py`."""
    assert {one.id for one in OPERATIONS if one.method != "GET"} == WRITING
    assert set(PREPARED) | set(WITHOUT_EXAMPLE) == WRITING
    assert set(WRITES_NOTHING) | BY_ITEM | NAMES_NOTHING <= WRITING


def names_member(operation: Operation) -> bool:
    """Whether it needs a member for whom the client acts."""
    return any(one["name"] == "On-Behalf-Of" and one["required"] for one in operation.described.get("parameters", ()))


def is_list(operation: Operation) -> bool:
    """Whether it reads what the caller's agency has, without naming a thing."""
    return operation.method == "GET" and not operation.names and operation.id != "downloadSentResumes"


def theirs_of(stage: Stage) -> list[bytes]:
    """What no answer to another agency may hold."""
    cast = stage.cast
    return [str(one).encode() for one in (cast.agency.pk, cast.posting.pk, *(user.pk for user in cast.people.values()))]


def assert_is_absent(operation: Operation, answered: Answered, theirs: Sequence[bytes]) -> None:
    """Check that the owner's things do not exist for the stranger."""
    answer, wrote = answered
    if operation.id in BY_ITEM:
        told = orjson.loads(answer.content)
        assert [one["done"] for one in told["results"]] == [False], told
    elif operation.id == "deleteShopPicture":  # what is not there stays so
        assert answer.status_code == 204
    elif is_list(operation):
        assert answer.status_code == 200
        assert not [one for one in theirs if one in answer.content], operation.id
    else:
        wanted = 409 if operation.id == "downloadSentResumes" else 404  # there is nothing to download
        assert answer.status_code == wanted, answer.content.decode()
        assert_is_problem(answer, operation)
    assert wrote == {}, operation.id


@pytest.mark.parametrize("operation", OF_CLIENTS, ids=lambda one: one.id)
def test_only_the_owners_client_with_the_scope_is_answered(
    stages: dict[Mode, Stage], strangers: dict[Mode, clients.Caller], operation: Operation
) -> None:
    mode = mode_of(operation)
    stage, stranger = stages[mode], strangers[mode]
    with taken_back():
        request = request_of(stage, operation)
        others = [one for one in Scope.values if one != operation.scope]
        narrow = clients.caller(stage.cast.agency, mode=mode, scopes=others)
        nobody = {"On-Behalf-Of": str(stage.caller.member_id)}
        refused = [(nobody, 401), (narrow.headers(), 403)]
        if names_member(operation):
            refused.append((stranger.headers() | nobody, 403))
        for headers, status in refused:
            answer, wrote = request.by(headers)
            assert (answer.status_code, wrote) == (status, {}), answer.content.decode()
            assert_is_problem(answer, operation)
        if operation.id not in NAMES_NOTHING | SHARED:
            assert_is_absent(operation, request.by(stranger.headers()), theirs_of(stage))
        answer, wrote = request.by(stage.caller.headers())
        if operation.id in ABSENT:
            return
        assert 200 <= answer.status_code < 300, getattr(answer, "content", b"").decode()
        assert wrote or operation.method == "GET" or operation.id in WRITES_NOTHING
