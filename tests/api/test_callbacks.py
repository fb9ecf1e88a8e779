"""Signed POSTs of external services: answers of the authority, delivery reports of the gateway."""

import time
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.http import HttpResponse
from django.test import Client

from jiuye.adapters.message_signatures import signed
from jiuye.api.callbacks.views import FORGED
from jiuye.config.env import Environment
from jiuye.domains.accounts import actions, queries
from jiuye.domains.accounts.states import CodeDelivery, CodePurpose
from jiuye.domains.verification.models import VerificationCase
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry, RateCounter
from jiuye.notifications.models import TextMessage
from tests.factories import verification
from tests.factories.accounts import person

pytestmark = pytest.mark.django_db

AUTHORITY, RECEIPTS = "/callbacks/authority", "/callbacks/sms-receipts"
# The keys of a development installation.
KEYS = {
    AUTHORITY: Environment.model_fields["authority_key"].default,
    RECEIPTS: Environment.model_fields["sms_receipt_key"].default,
}
BROWSER = actions.binding_of("a browser")


def tell(path: str, told: Any, *, key: str = "", late: float = 0, headers: dict[str, str] | None = None) -> Any:
    """POST `told`, signed like the service, `late` seconds ago."""
    body = told if isinstance(told, bytes) else orjson.dumps(told)
    moment = time.time() - late
    signature = signed(key or KEYS[path], method="POST", path=path, body=body, clock=lambda: moment)
    sent = signature if headers is None else headers
    # CSRF is checked as in production: a callback has no token.
    return Client(enforce_csrf_checks=True).post(path, body, content_type="application/json", headers=sent)


def code_of(answer: HttpResponse) -> tuple[int, str]:
    """Status and code of a problem (RFC 9457)."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status_code, orjson.loads(answer.content)["code"]


# Answers of the authority.


def result(case_id: Any, outcome: str = "verified", **changes: Any) -> dict[str, Any]:
    return {
        "request_id": str(case_id),
        "status": "answered",
        "outcome": outcome,
        "source": "社会保险参保记录",
        "answered_at": "2026-11-20T10:00:00+08:00",
        "differences": [],
        **changes,
    }


@pytest.fixture
def case() -> VerificationCase:
    return verification.asked(person())


def test_an_answer_is_written_down(case: VerificationCase) -> None:
    answer = tell(AUTHORITY, result(case.id))

    case.refresh_from_db()
    assert (answer.status_code, answer.content) == (204, b"")
    assert (case.state, case.source) == ("verified", "社会保险参保记录")


def test_a_mismatch_comes_with_what_differs(case: VerificationCase) -> None:
    differs = [{"field": "start", "stated": "2018-07", "recorded": "2019-01"}]

    tell(AUTHORITY, result(case.id, "mismatched", differences=differs))

    case.refresh_from_db()
    assert case.state == "mismatched"
    assert orjson.loads(case.differences) == [{"name": "start", "stated": "2018-07", "recorded": "2019-01"}]


def test_an_answer_told_twice_is_taken_twice_and_written_once(case: VerificationCase) -> None:
    answers = [tell(AUTHORITY, result(case.id)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [204, 204]
    assert AuditEntry.objects.filter(action="verification.answer").count() == 1


def test_a_second_answer_does_not_replace_the_first(case: VerificationCase) -> None:
    tell(AUTHORITY, result(case.id))
    tell(AUTHORITY, result(case.id, "no_record"))

    case.refresh_from_db()
    assert case.state == "verified"


def test_an_answer_to_nobodys_question_changes_nothing(case: VerificationCase) -> None:
    assert tell(AUTHORITY, result(new_id())).status_code == 204

    case.refresh_from_db()
    assert case.state == "pending"


@pytest.mark.parametrize(
    "forged",
    [
        {"key": "another"},
        {"key": KEYS[RECEIPTS]},
        {"late": 400},
        {"late": -400},
        {"headers": {}},
        {"headers": signed(KEYS[AUTHORITY], method="POST", path=AUTHORITY, body=b"{}")},
        {"headers": signed(KEYS[AUTHORITY], method="POST", path=RECEIPTS, body=b"{}")},
    ],
)
def test_a_forged_answer_changes_nothing(case: VerificationCase, forged: dict[str, Any]) -> None:
    assert code_of(tell(AUTHORITY, result(case.id), **forged)) == (401, "forged")

    case.refresh_from_db()
    assert case.state == "pending"


def test_a_replayed_answer_is_stale_after_five_minutes(case: VerificationCase) -> None:
    body = orjson.dumps(result(case.id))
    heard = signed(KEYS[AUTHORITY], method="POST", path=AUTHORITY, body=body, clock=lambda: time.time() - 301)

    assert code_of(tell(AUTHORITY, body, headers=heard)) == (401, "forged")


# Receipts of text messages.


def receipt(message_id: Any, status: str = "delivered") -> dict[str, Any]:
    return {"message_id": str(message_id), "provider_id": "p-1", "status": status, "at": "2026-11-20T10:00:00+08:00"}


@pytest.fixture
def code_id() -> UUID:
    """A login code with a message that the gateway has accepted."""
    code_id = actions.request_code(Actor(), phone="19900000555", purpose=CodePurpose.LOGIN, binding=BROWSER)
    actions.record_delivery(Actor.system(), code_id=code_id, delivery=CodeDelivery.SENT)
    return code_id


def reached(code_id: UUID) -> CodeDelivery | None:
    return queries.code_delivery(code_id=code_id, binding=BROWSER)


@pytest.mark.parametrize(
    ("told", "known"),
    [
        (["delivered"], CodeDelivery.DELIVERED),
        (["failed"], CodeDelivery.FAILED),
        (["delivered", "delivered"], CodeDelivery.DELIVERED),
        (["failed", "delivered"], CodeDelivery.DELIVERED),
        (["delivered", "failed"], CodeDelivery.DELIVERED),
    ],
)
def test_receipts_of_a_code_may_come_twice_and_in_any_order(
    code_id: UUID, told: list[str], known: CodeDelivery
) -> None:
    answers = [tell(RECEIPTS, receipt(code_id, status)) for status in told]

    assert {answer.status_code for answer in answers} == {204}
    assert reached(code_id) == known


def test_a_receipt_that_overtakes_the_gateways_answer_stays(code_id: UUID) -> None:
    tell(RECEIPTS, receipt(code_id))

    actions.record_delivery(Actor.system(), code_id=code_id, delivery=CodeDelivery.SENT)

    assert reached(code_id) == CodeDelivery.DELIVERED


@pytest.mark.parametrize(
    ("told", "known"), [(["delivered"], "delivered"), (["failed"], "failed"), (["delivered", "failed"], "delivered")]
)
def test_receipts_of_a_notification_are_kept_with_it(told: list[str], known: str) -> None:
    message = TextMessage.objects.create(
        user=person(), template="interview", dedupe_key="k-1", created_at="2026-11-20T10:00:00+08:00"
    )
    assert message.delivery == ""

    for status in told:
        assert tell(RECEIPTS, receipt(message.id, status)).status_code == 204

    message.refresh_from_db()
    assert message.delivery == known


@pytest.mark.parametrize("message_id", [new_id(), "m-1"])
def test_a_receipt_of_a_message_that_is_not_kept_is_taken(code_id: UUID, message_id: Any) -> None:
    assert tell(RECEIPTS, receipt(message_id)).status_code == 204

    assert reached(code_id) == CodeDelivery.SENT


def test_a_forged_receipt_changes_nothing(code_id: UUID) -> None:
    forgeries: list[dict[str, Any]] = [{"key": "another"}, {"key": KEYS[AUTHORITY]}, {"late": 400}]
    for forged in (*forgeries, {"headers": {}}):
        assert code_of(tell(RECEIPTS, receipt(code_id), **forged)) == (401, "forged")

    assert reached(code_id) == CodeDelivery.SENT


@pytest.mark.parametrize("wrong", [{}, [], {"status": "lost"}, {"at": "today"}])
def test_a_signed_receipt_that_is_none_is_refused(code_id: UUID, wrong: Any) -> None:
    told = {**receipt(code_id), **wrong} if wrong else wrong

    assert code_of(tell(RECEIPTS, told)) == (401, "forged")


# The views of all callbacks.


@pytest.mark.parametrize("path", [AUTHORITY, RECEIPTS])
def test_only_post_is_answered(path: str) -> None:
    refused = Client().get(path)

    assert code_of(refused) == (405, "method_not_allowed")
    assert refused.headers["Allow"] == "POST"


@pytest.mark.parametrize("path", [AUTHORITY, RECEIPTS])
def test_a_large_body_is_not_read(path: str) -> None:
    assert code_of(tell(path, b"x" * (64 * 1024 + 1))) == (413, "too_large")


def test_callbacks_get_no_session(case: VerificationCase) -> None:
    assert not tell(AUTHORITY, result(case.id)).cookies


def test_forgeries_are_limited_by_address_and_the_genuine_is_not(
    case: VerificationCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(vars(FORGED), "most", 1)
    tell(AUTHORITY, result(case.id), key="another")
    monkeypatch.setitem(vars(FORGED), "most", 0)

    limited = tell(AUTHORITY, result(case.id), key="another")

    assert code_of(limited) == (429, "rate_limited")
    assert int(limited.headers["Retry-After"]) > 0
    assert tell(AUTHORITY, result(case.id)).status_code == 204


def test_nothing_is_counted_for_the_genuine(case: VerificationCase) -> None:
    tell(AUTHORITY, result(case.id))

    assert not RateCounter.objects.filter(key__startswith="forged-callbacks").exists()
