"""Idempotency-Key: one effect, however often a request is sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.fairs import actions
from jiuye.domains.fairs.models import JobFair
from jiuye.kernel import clock, idempotency
from jiuye.kernel.models import StoredAnswer
from tests.factories import clients, races, reference

CONTENT = {
    "title": "成都市制造业专场招聘会",
    "mode": "onsite",
    "region": reference.WUHOU,
    "starts_at": "2050-05-06T01:00:00Z",
    "ends_at": "2050-05-06T08:00:00Z",
    "place": "示范路1号",
}
KEY = "8e03978e-40d5-43e8-bc93-6894a57f9324"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    forget_callers()


@pytest.fixture
def caller(db: None) -> clients.Caller:
    reference.region(reference.WUHOU)
    return clients.caller()


def send(caller: clients.Caller, key: str = KEY, path: str = "/agency/fairs", **given: Any) -> Any:
    return caller.post(path, {**CONTENT, **given}, Idempotency_Key=key)


def test_sent_again_it_gets_the_first_answer(caller: clients.Caller) -> None:
    first, second = send(caller), send(caller)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.content == first.content
    assert second.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Content-Type"] == first.headers["Content-Type"]
    assert JobFair.objects.count() == 1


def test_the_order_of_members_and_quotes_around_the_key_do_not_matter(caller: clients.Caller) -> None:
    send(caller)
    again = caller.post("/agency/fairs", dict(reversed(CONTENT.items())), Idempotency_Key=f'"{KEY}"')
    assert again.headers["Idempotent-Replayed"] == "true"


def test_another_body_with_the_key_writes_nothing(caller: clients.Caller) -> None:
    send(caller)
    answer = send(caller, title="另一场招聘会")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert JobFair.objects.count() == 1


def test_another_member_is_another_request(caller: clients.Caller) -> None:
    send(caller)
    other = clients.caller(caller.agency)
    answer = caller.post("/agency/fairs", CONTENT, Idempotency_Key=KEY, On_Behalf_Of=str(other.member_id))
    assert answer.json()["code"] == "idempotency_key_reused"


def test_another_client_or_path_never_gets_the_first_answer(caller: clients.Caller) -> None:
    first = send(caller).json()
    other = clients.caller(caller.agency)
    assert "Idempotent-Replayed" not in send(other).headers
    published = caller.post(f"/agency/fairs/{first['id']}/copy", "", Idempotency_Key=KEY)
    assert "Idempotent-Replayed" not in published.headers
    assert JobFair.objects.count() >= 2


def test_after_72_hours_of_real_time_the_key_is_free(caller: clients.Caller) -> None:
    with clock.frozen(clock.real_now() - timedelta(hours=73)):
        send(caller)
    assert "Idempotent-Replayed" not in send(caller).headers
    assert JobFair.objects.count() == 2
    with clock.frozen(clock.real_now() + timedelta(hours=73)):
        idempotency.forget_expired()
    assert not StoredAnswer.objects.exists()


def test_a_refusal_before_anything_was_done_leaves_the_key_free(caller: clients.Caller) -> None:
    assert send(caller, title=5).status_code == 422
    assert send(caller).status_code == 201


def test_what_went_wrong_inside_is_undone_and_not_kept(caller: clients.Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    create = actions.create_fair

    def fails(*args: Any, **kwargs: Any) -> Any:
        create(*args, **kwargs)
        raise RuntimeError("after the effect")

    monkeypatch.setattr(actions, "create_fair", fails)
    assert send(caller).status_code == 500
    assert not JobFair.objects.exists()
    monkeypatch.setattr(actions, "create_fair", create)
    assert send(caller).status_code == 201
    assert JobFair.objects.count() == 1


def test_effect_and_answer_are_one_transaction(caller: clients.Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt  # the process ends here: nothing handles it

    monkeypatch.setattr(idempotency, "_store", killed)
    with pytest.raises(KeyboardInterrupt):
        send(caller)
    assert not JobFair.objects.exists()
    assert not StoredAnswer.objects.exists()


@pytest.mark.parametrize("key", ["", " ", "é", "x" * 256])
def test_keys_that_are_none(caller: clients.Caller, key: str) -> None:
    answer = send(caller, key)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "Idempotency-Key"


def test_answers_are_stored_encrypted(caller: clients.Caller) -> None:
    send(caller)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM kernel_stored_answer")
        (stored,) = cursor.fetchone()
    assert not stored.startswith("[201")
    assert StoredAnswer.objects.get().answer.startswith("[201")


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_has_the_effect(client: Client) -> None:
    reference.region(reference.WUHOU)
    caller = clients.caller()
    answers = races.at_once(*[lambda: send(caller) for _ in range(4)])
    codes = sorted(answer.status_code for answer in answers if not isinstance(answer, Exception))
    assert JobFair.objects.count() == 1
    assert set(codes) <= {201, 409}
    for answer in answers:
        if getattr(answer, "status_code", 0) == 409:
            assert answer.json()["code"] == "idempotency_key_in_use"
            assert answer.headers["Retry-After"] == "1"
    assert send(caller).headers["Idempotent-Replayed"] == "true"
