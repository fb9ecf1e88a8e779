"""Every answer is as the document says: Schemathesis with all of its checks, over all operations."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings, strategies
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode
from schemathesis.generation.meta import ParameterLocation
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.api.v1.document import document
from jiuye.changes import waiting
from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.clients.states import Mode
from jiuye.domains.jobs.models import JobPosting
from tests.factories import clients, reference

# What no pattern says: only our own cursors are accepted, and only regions that exist.
schemathesis.openapi.format("cursor", strategies.just(""))
schemathesis.openapi.format("fields", strategies.just(""))
schemathesis.openapi.format("region", strategies.sampled_from(["", "110000", "510100", "510107"]))
# Not `config.wsgi`, which asks the database for the role's privileges before it serves.
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
OPERATIONS = {
    operation["operationId"]: (path, method, operation.get("x-scope", ""))
    for path, methods in document()["paths"].items()
    for method, operation in methods.items()
}
# What no schema can say: which cursors we gave out, that a text holds no NUL, that one parameter limits another.
UNKNOWABLE = ('"invalid_cursor"', '"rule":"characters"', "有 expand 时每页最多")
OF_CLIENTS = [name for name, (_, _, scope) in OPERATIONS.items() if scope]
OF_ANYBODY = [name for name, (_, _, scope) in OPERATIONS.items() if not scope]
# A document's operations as parameters have names of their own; Schemathesis's own tests have one name for all, and are run
# once by processes that share the tests.
EXAMPLES: dict[str, Any] = {
    "deadline": None,
    "derandomize": True,
    "database": None,
    "phases": [Phase.generate],
    "suppress_health_check": list(HealthCheck),
}


def walk(name: str, check: Callable[[schemathesis.Case], None], *, examples: int) -> None:
    """Call an operation with requests that fit the document, then with some that do not."""
    path, method, _ = OPERATIONS[name]
    operation = schema[path][method]
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        with suppress(Unsatisfiable):  # nothing can be wrong with an operation that takes nothing

            @settings(max_examples=examples, **EXAMPLES)
            @given(case=operation.as_strategy(generation_mode=mode))
            def called(case: schemathesis.Case) -> None:
                check(case)

            called()


@pytest.fixture(autouse=True)
def kept_connection() -> Iterator[None]:
    """A request through WSGI leaves the test's database connection open, as the test client's do."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long poll is answered at once."""
    monkeypatch.setattr(waiting, "wait_for", lambda read, seconds: read())


@pytest.mark.django_db
@pytest.mark.parametrize("name", OF_ANYBODY)
def test_what_anybody_reads(name: str, stocked: TantivyEngine) -> None:
    def check(case: schemathesis.Case) -> None:
        # In process nothing unpacks an answer, as a client on a wire would.
        answer = case.call(headers={"Accept-Encoding": "identity"})
        if answer.status_code == 414:  # the address as a whole is too long: no schema of single parameters can say that
            return
        is_unknowable = any(told in answer.text for told in UNKNOWABLE)
        case.validate_response(answer, excluded_checks=[positive_data_acceptance] if is_unknowable else [])

    walk(name, check, examples=8)


@pytest.fixture
def caller(request: pytest.FixtureRequest, stocked: TantivyEngine) -> clients.Caller:
    """A client that has every scope: of the agency with postings, in test mode for the operations of test mode."""
    forget_callers()
    for code in ("6-18-01-01", reference.WELDER):
        reference.occupation(code)
    agency = JobPosting.objects.order_by("pk")[0].agency
    return clients.caller(
        agency, mode=Mode.TEST if "/api/v1/test/" in OPERATIONS[request.getfixturevalue("name")][0] else Mode.LIVE
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", OF_CLIENTS)
def test_what_a_client_does(name: str, caller: clients.Caller) -> None:
    own = JobPosting.objects.filter(agency=caller.agency).order_by("pk").first()

    def check(case: schemathesis.Case) -> None:
        assert case.meta is not None
        wrong = {place for place, found in case.meta.components.items() if found.mode.is_negative}
        if own and "posting_id" in (case.path_parameters or {}) and not wrong:
            case.path_parameters["posting_id"] = str(own.pk)
        if wrong and wrong <= {ParameterLocation.HEADER}:
            return  # the headers are replaced below; tests/bars/owasp sends wrong ones
        headers = caller.headers()
        answer = case.call(headers={**headers, "Accept-Encoding": "identity"})
        # Schemas say nothing of the rules of the trade: which occupations exist, in what order pay is written. That the
        # credential is asked for is tested in tests/bars/owasp: the check repeats the call with the header that it was given.
        case.validate_response(answer, excluded_checks=[positive_data_acceptance, ignored_auth])

    walk(name, check, examples=3)
