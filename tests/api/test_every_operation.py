"""Every answer is as the document says: Schemathesis with all of its checks, over all operations."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings, strategies
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.changes import waiting
from jiuye.config.wsgi import application
from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.clients.states import Mode
from jiuye.domains.jobs.models import JobPosting
from tests.factories import clients, reference

# What no pattern says: only our own cursors are accepted, and only regions that exist.
schemathesis.openapi.format("cursor", strategies.just(""))
schemathesis.openapi.format("fields", strategies.just(""))
schemathesis.openapi.format("region", strategies.sampled_from(["", "110000", "510100", "510107"]))
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
EXAMPLES: dict[str, Any] = {
    "deadline": None,
    "derandomize": True,
    "database": None,
    "phases": [Phase.explicit, Phase.generate],
    "suppress_health_check": list(HealthCheck),
}


def _needs_client(context: Any) -> bool:
    return bool(context.operation.definition.raw.get("x-scope"))


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
@schema.exclude(_needs_client).parametrize()
@settings(max_examples=15, **EXAMPLES)
def test_what_anybody_reads(case: schemathesis.Case, stocked: TantivyEngine) -> None:
    # In process nothing unpacks an answer, as a client on a wire would.
    answer = case.call(headers={"Accept-Encoding": "identity"})
    # No schema can say which cursors we have given out.
    unknowable = [positive_data_acceptance] if b'"invalid_cursor"' in answer.content else []
    case.validate_response(answer, excluded_checks=unknowable)


@pytest.fixture
def caller(request: pytest.FixtureRequest, stocked: TantivyEngine) -> clients.Caller:
    """A client that has every scope: of the agency with postings, in test mode for the operations of test mode."""
    forget_callers()
    for code in ("6-18-01-01", reference.WELDER):
        reference.occupation(code)
    agency = JobPosting.objects.order_by("pk")[0].agency
    return clients.caller(agency, mode=Mode.TEST if "/api/v1/test/" in request.node.name else Mode.LIVE)


@pytest.mark.django_db
@schema.include(_needs_client).parametrize()
@settings(max_examples=4, **EXAMPLES)
def test_what_a_client_does(case: schemathesis.Case, caller: clients.Caller) -> None:
    own = JobPosting.objects.filter(agency=caller.agency).order_by("pk").first()
    if own and "posting_id" in (case.path_parameters or {}):
        case.path_parameters["posting_id"] = str(own.pk)
    headers = caller.headers()
    if case.meta and case.meta.generation.mode.is_negative and "On-Behalf-Of" in (case.headers or {}):
        headers["On-Behalf-Of"] = str(case.headers["On-Behalf-Of"])  # what is wrong may be this
    answer = case.call(headers={**headers, "Accept-Encoding": "identity"})
    # Schemas say nothing of the rules of the trade: which occupations exist, in what order pay is written. That the credential
    # is asked for is tested in tests/bars/owasp: the check repeats the call with the header that it was given.
    case.validate_response(answer, excluded_checks=[positive_data_acceptance, ignored_auth])
