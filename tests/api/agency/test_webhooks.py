"""Endpoints and deliveries by the API."""

import base64
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from standardwebhooks.webhooks import Webhook

from jiuye.api.readers import Limits, Readers
from jiuye.domains.clients.states import Mode
from jiuye.kernel import clock, events
from jiuye.kernel.models import AuditEntry, EventRecord
from jiuye.testmode.actions import ensure_test_data
from jiuye.webhooks import catalogue, tasks
from jiuye.webhooks.delivery import Dispatcher
from jiuye.webhooks.models import Endpoint, Message
from jiuye.worker.handlers import HANDLERS
from tests.factories import clients, webhooks
from tests.factories.clients import Caller
from tests.factories.webhooks import Receiver, Reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver on this machine."""
    with webhooks.receiver() as made:
        yield made


@pytest.fixture
def caller() -> Caller:
    """A live client."""
    return clients.caller()


@pytest.fixture
def made(caller: Caller, receiver: Receiver) -> dict[str, Any]:
    """An endpoint that the client has created, with its secret."""
    answer = caller.post("/agency/webhooks", {"url": receiver.url, "description": "人事系统"})
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def path_of(made: dict[str, Any], *more: str) -> str:
    """The path of an endpoint."""
    return "/".join(("/agency/webhooks", made["endpoint"]["id"], *more))


def deliver() -> None:
    """Deliver what is due."""
    dispatcher = Dispatcher()
    dispatcher.drain()
    dispatcher.close()


def test_a_client_creates_reads_changes_and_deletes_its_endpoint(caller: Caller, made: dict[str, Any]) -> None:
    assert made["secret"].startswith("whsec_")
    assert made["endpoint"]["state"] == "active"
    assert [one["id"] for one in caller.get("/agency/webhooks").json()["items"]] == [made["endpoint"]["id"]]
    changed = caller.patch(path_of(made), {"types": ["job.*"]}).json()
    assert (changed["types"], changed["description"]) == (["job.*"], "人事系统")
    assert caller.delete(path_of(made)).status_code == 204
    assert caller.get(path_of(made)).status_code == 404
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {
        "webhook.create",
        "webhook.change",
        "webhook.delete",
    }


@pytest.mark.parametrize(
    "url",
    ["http://example.com/h", "https://u:p@example.com/", "https://10.0.0.1/", "https://example.com:25/", "ftp://x", ""],
)
def test_addresses_that_may_not_be_called_are_refused(caller: Caller, url: str) -> None:
    answer = caller.post("/agency/webhooks", {"url": url})
    assert answer.status_code == 422
    assert not Endpoint.objects.exists()


def test_unknown_types_are_refused(caller: Caller) -> None:
    answer = caller.post("/agency/webhooks", {"url": "https://example.com/", "types": ["job.gone"]})
    assert answer.status_code == 422
    assert "job.gone" in answer.content.decode()


def test_an_agency_has_ten_endpoints_at_most(caller: Caller) -> None:
    for number in range(10):
        webhooks.endpoint(f"https://example.com/{number}", agency=caller.agency)
    answer = caller.post("/agency/webhooks", {"url": "https://example.com/"})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many")


def test_others_find_nothing(made: dict[str, Any]) -> None:
    other = clients.caller()
    for path in (path_of(made), path_of(made, "deliveries")):
        assert other.get(path).status_code == 404
    for verb in ("pause", "resume"):
        assert other.post(path_of(made, verb)).status_code == 404
    assert other.get("/agency/webhooks").json()["items"] == []


def test_a_viewer_changes_nothing(receiver: Receiver) -> None:
    viewer = clients.caller(role="viewer")
    assert viewer.post("/agency/webhooks", {"url": receiver.url}).status_code == 403


def test_a_test_event_of_every_type_arrives(caller: Caller, made: dict[str, Any], receiver: Receiver) -> None:
    for name in catalogue.TYPES:
        answer = caller.post(path_of(made, "test"), {"type": name})
        assert answer.status_code == 202, answer.content
    deliver()
    payloads = [Webhook(made["secret"]).verify(request.body, request.headers) for request in receiver.received]
    assert {one["type"] for one in payloads} == set(catalogue.TYPES)
    assert all(one["is_test"] for one in payloads)


def test_the_log_tells_each_attempt(caller: Caller, made: dict[str, Any], receiver: Receiver) -> None:
    receiver.answers(Reply(500, body="坏了".encode()))
    caller.post(path_of(made, "test"), {})
    deliver()
    with webhooks.later(10):
        deliver()
    [row] = caller.get(path_of(made, "deliveries")).json()["items"]
    assert (row["state"], row["attempts"], row["last_status"]) == ("delivered", 2, 204)
    detail = caller.get(path_of(made, "deliveries", row["id"])).json()
    assert detail["body"].encode() == receiver.received[0].body
    assert [one["status"] for one in detail["tries"]] == [204, 500]
    assert detail["tries"][1]["answer"] == "坏了"
    sent = receiver.received[0].headers
    assert {name: sent[name] for name in detail["tries"][1]["headers"]} == detail["tries"][1]["headers"]


def test_the_log_is_filtered(caller: Caller, made: dict[str, Any]) -> None:
    for name in ("job.published", "job.expired", "review.created"):
        caller.post(path_of(made, "test"), {"type": name})
    path = path_of(made, "deliveries")
    assert [one["type"] for one in caller.get(path, type="job.*").json()["items"]] == ["job.expired", "job.published"]
    assert len(caller.get(path, state="pending").json()["items"]) == 3
    assert caller.get(path, state="failed").json()["items"] == []
    page = caller.get(path, size=2).json()
    rest = caller.get(path, size=2, cursor=page["next_cursor"]).json()
    assert [one["sequence"] for one in [*page["items"], *rest["items"]]] == [3, 2, 1]


def test_a_message_sent_again_a_day_later_verifies(caller: Caller, made: dict[str, Any], receiver: Receiver) -> None:
    """Trap 2.2: the button."""
    caller.post(path_of(made, "test"), {})
    deliver()
    [row] = caller.get(path_of(made, "deliveries")).json()["items"]
    with webhooks.later(86_400):
        assert caller.post(path_of(made, "deliveries", row["id"], "resend")).status_code == 202
        deliver()
    first, second = receiver.received
    assert first.body == second.body
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) >= 86_400
    answer = caller.post(
        "/agency/webhook-signatures/verify",
        {"headers": second.headers, "body": second.body.decode(), "secret": made["secret"]},
    ).json()
    assert answer["fits"]


def test_a_range_is_replayed_with_progress(caller: Caller, made: dict[str, Any], receiver: Receiver) -> None:
    endpoint = Endpoint.objects.get()
    webhooks.happen(endpoint, 4)
    webhooks.happen(endpoint, 2, type="job.expired")
    deliver()
    moment = clock.real_now()
    asked = {
        "since": (moment - timedelta(hours=1)).isoformat(),
        "until": (moment + timedelta(hours=1)).isoformat(),
        "types": ["job.published"],
    }
    replay = caller.post(path_of(made, "replays"), asked)
    assert replay.status_code == 202, replay.content
    path = path_of(made, "replays", replay.json()["id"])
    assert caller.get(path).json()["is_done"] is False
    tasks.queue_webhook_replay(replay.json()["id"])
    assert (caller.get(path).json()["queued"], caller.get(path).json()["waiting"]) == (4, 4)
    deliver()
    assert caller.get(path).json() | {"queued": 4, "waiting": 0, "is_done": True} == caller.get(path).json()
    assert len(receiver.received) == 10


def test_a_pause_keeps_what_happens(caller: Caller, made: dict[str, Any], receiver: Receiver) -> None:
    assert caller.post(path_of(made, "pause")).json()["state"] == "paused"
    webhooks.happen(Endpoint.objects.get(), 3)
    deliver()
    assert receiver.received == []
    assert caller.post(path_of(made, "test"), {}).status_code == 409
    assert caller.get(path_of(made)).json()["waiting"] == 3
    assert caller.post(path_of(made, "resume")).json()["state"] == "active"
    deliver()
    assert sorted(one.payload["sequence"] for one in receiver.received) == [1, 2, 3]


def test_switching_on_again_sends_what_was_given_up(caller: Caller, made: dict[str, Any], receiver: Receiver) -> None:
    endpoint = Endpoint.objects.get()
    receiver.answer = lambda request: Reply(500)
    webhooks.happen(endpoint, 2)
    for days in range(9):
        with webhooks.later(days * 86_400):
            deliver()
    endpoint.refresh_from_db()
    assert endpoint.state == "off"
    receiver.answer = lambda request: Reply()
    with webhooks.later(9 * 86_400):
        caller.post(path_of(made, "resume"))
        deliver()
    assert webhooks.states(endpoint) == ["delivered"] * 2


def test_a_replaced_secret_signs_for_as_long_as_was_said(
    caller: Caller, made: dict[str, Any], receiver: Receiver
) -> None:
    fresh = caller.post(path_of(made, "replace-secret"), {"overlap_hours": 2}).json()["secret"]
    caller.post(path_of(made, "test"), {})
    deliver()
    for secret in (made["secret"], fresh):
        Webhook(secret).verify(receiver.received[0].body, receiver.received[0].headers)
    assert caller.get(path_of(made)).json()["former_secret_until"]


def test_the_public_keys_are_at_the_well_known_address(
    caller: Caller, made: dict[str, Any], receiver: Receiver
) -> None:
    caller.post(path_of(made, "test"), {})
    deliver()
    [key] = Client().get("/.well-known/webhook-keys.json").json()["keys"]
    assert (key["kty"], key["crv"]) == ("OKP", "Ed25519")
    raw = base64.urlsafe_b64decode(key["x"] + "=")
    assert key["public_key"] == "whpk_" + base64.b64encode(raw).decode()
    answer = caller.post(
        "/agency/webhook-signatures/verify",
        {
            "headers": receiver.received[0].headers,
            "body": receiver.received[0].body.decode(),
            "secret": key["public_key"],
        },
    ).json()
    assert (answer["fits"], answer["is_fresh"]) == (True, True)
    assert [(one["scheme"], bool(one["fits"])) for one in answer["signatures"]] == [("v1", False), ("v1a", True)]


def test_a_changed_body_fits_nothing(caller: Caller, made: dict[str, Any], receiver: Receiver) -> None:
    caller.post(path_of(made, "test"), {})
    deliver()
    sent = receiver.received[0]
    asked = {"headers": sent.headers, "body": sent.body.decode() + " ", "endpoint_id": made["endpoint"]["id"]}
    assert caller.post("/agency/webhook-signatures/verify", asked).json()["fits"] is False
    asked["body"] = sent.body.decode()
    assert caller.post("/agency/webhook-signatures/verify", asked).json()["signatures"][0]["fits"] == "current"


def test_events_of_test_data_go_to_test_endpoints_at_the_moved_clock(receiver: Receiver) -> None:
    """Trap 2.7: the time of the event is the test world's, that of the signature is real."""
    test = clients.caller(mode=Mode.TEST)
    ensure_test_data(test.client_id)
    live = clients.caller(test.agency)
    live.post("/agency/webhooks", {"url": receiver.url})
    made = test.post("/agency/webhooks", {"url": receiver.url}).json()
    assert made["endpoint"]["mode"] == "test"
    from jiuye.domains.clients.models import TestWorld

    TestWorld.objects.filter(pk=test.client_id).update(offset=timedelta(days=200))
    assert test.post(path_of(made, "test"), {}).status_code == 202
    deliver()
    [request] = receiver.received
    assert request.payload["mode"] == "test"
    Webhook(made["secret"]).verify(request.body, request.headers)
    assert request.payload["timestamp"] > (clock.real_now() + timedelta(days=199)).isoformat()
    assert test.get("/agency/webhooks").json()["items"][0]["id"] == made["endpoint"]["id"]
    assert len(test.get("/agency/webhooks").json()["items"]) == 1


def test_the_catalogue_is_public() -> None:
    items = Client().get("/api/v1/webhook-event-types").json()["items"]
    assert [one["type"] for one in items] == list(catalogue.TYPES)
    assert items[0]["payload_schema"]["properties"]["type"] == {"const": "job.published"}


def test_a_client_near_its_limit_is_told_once_an_hour(caller: Caller) -> None:
    endpoint = webhooks.endpoint("https://example.com/", agency=caller.agency)
    readers = Readers(Limits(by_address=600, by_channel=10))
    for _ in range(9):
        request = RequestFactory().get("/api/v1/agency/jobs", headers=caller.headers())
        readers.admit(request)
    [record] = EventRecord.objects.filter(name="QuotaNear")
    assert record.payload == {"client_id": str(caller.client_id), "agency_id": str(caller.agency.id), "bucket": "read"}
    events.deliver(record.id, HANDLERS)
    assert list(Message.objects.filter(endpoint=endpoint).values_list("type", flat=True)) == ["quota.near"]
