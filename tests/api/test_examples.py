"""Every example of a body in the OpenAPI document is a request that succeeds."""

from collections.abc import Iterator
from datetime import UTC, datetime

import orjson
import pytest

from jiuye.api.v1.examples import SOME_ID
from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.clients.states import Mode
from jiuye.kernel import clock
from tests.factories.api_stage import EXAMPLES, PREPARED, Stage

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 2, tzinfo=UTC)

ELSEWHERE = {"keepInterviewTime", "inviteToApply", "checkInAtFair"}
"""Their examples fit no thing that can be prepared; `tests/bars/test_api_matrix.py` sends bodies that do."""


@pytest.fixture(autouse=True)
def in_december() -> Iterator[None]:
    """The examples name days of January 2027."""
    forget_callers()
    with clock.frozen(NOW):
        yield


def test_every_body_has_an_example_that_is_sent() -> None:
    assert set(EXAMPLES) == set(PREPARED) | ELSEWHERE


@pytest.mark.parametrize("operation", PREPARED)
def test_the_example_succeeds(operation: str) -> None:
    method, path, example = EXAMPLES[operation]
    stage = Stage(Mode.TEST if "/test/" in path else Mode.LIVE)
    parameters, some_id = PREPARED[operation](stage)
    body = orjson.loads(orjson.dumps(example).replace(SOME_ID.encode(), str(some_id or SOME_ID).encode()))
    address = path.removeprefix("/api/v1").format(**parameters)
    answer = stage.caller.send(method, address, body)
    assert 200 <= answer.status_code < 300, answer.content.decode()
    assert answer.status_code != 207, answer.content.decode()
