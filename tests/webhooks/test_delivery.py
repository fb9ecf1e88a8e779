"""Deliveries: a new signature each time, retries on schedule, caught up after an outage."""

from datetime import datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from jiuye.domains.clients.states import Mode
from jiuye.kernel import clock
from jiuye.kernel.models import EventRecord
from jiuye.webhooks import keys, schedule, signing
from jiuye.webhooks.delivery import Dispatcher
from jiuye.webhooks.models import Attempt, Endpoint, EndpointSecret, Message
from tests.factories import organisations, webhooks
from tests.factories.webhooks import Receiver, Reply

TOLERANCE = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _fixed_jitter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "JITTER", 0.0)


def test_a_message_verifies_with_the_published_library(
    endpoint: Endpoint, receiver: Receiver, dispatcher: Dispatcher
) -> None:
    webhooks.happen(endpoint)
    dispatcher.drain()
    [request] = receiver.received
    payload = Webhook(webhooks.secret_of(endpoint)).verify(request.body, request.headers)
    assert (payload["type"], payload["mode"], payload["sequence"]) == ("job.published", "live", 1)
    assert set(payload["data"]) == {"job_id", "external_id"}
    with pytest.raises(WebhookVerificationError):
        Webhook(signing.new_secret()).verify(request.body, request.headers)
    assert webhooks.states(endpoint) == ["delivered"]


def test_the_platforms_key_signs_too(endpoint: Endpoint, receiver: Receiver, dispatcher: Dispatcher) -> None:
    webhooks.happen(endpoint)
    dispatcher.drain()
    [request] = receiver.received
    public = [("key", keys.published()[0].public_key)]
    found = signing.check(request.headers, request.body, secrets=[], keys=public)
    assert [(one.scheme, one.fits) for one in found] == [("v1", ""), ("v1a", "key")]


def test_both_secrets_sign_while_they_are_exchanged(
    endpoint: Endpoint, receiver: Receiver, dispatcher: Dispatcher
) -> None:
    former = webhooks.secret_of(endpoint)
    now = clock.real_now()
    EndpointSecret.objects.filter(endpoint=endpoint).update(expires_at=now + timedelta(hours=1))
    EndpointSecret.objects.create(endpoint=endpoint, secret=signing.new_secret(), created_at=now + timedelta(seconds=1))
    webhooks.happen(endpoint)
    dispatcher.drain()
    for secret in (former, webhooks.secret_of(endpoint)):
        Webhook(secret).verify(receiver.received[0].body, receiver.received[0].headers)
    with webhooks.later(7200):
        webhooks.happen(endpoint)
        Dispatcher().drain()
    found = signing.check(
        receiver.received[1].headers, receiver.received[1].body, secrets=[("former", former)], keys=[]
    )
    assert not any(one.fits for one in found)


def test_the_fourth_try_after_half_an_hour_has_its_own_time_and_signature(
    endpoint: Endpoint, receiver: Receiver, dispatcher: Dispatcher
) -> None:
    """Trap 2.2."""
    receiver.answers(Reply(500), Reply(500), Reply(503))
    webhooks.happen(endpoint)
    start = clock.real_now()
    moments = [start + timedelta(seconds=seconds) for seconds in (0, 6, 307, 2108)]
    for moment in moments:
        with clock.frozen(moment):
            dispatcher.drain()
    assert len(receiver.received) == 4
    assert len({request.headers["webhook-id"] for request in receiver.received}) == 1
    assert len({request.body for request in receiver.received}) == 1
    assert len({request.headers["webhook-signature"] for request in receiver.received}) == 4
    for request, moment in zip(receiver.received, moments, strict=True):
        stamped = datetime.fromtimestamp(int(request.headers["webhook-timestamp"]), moment.tzinfo)
        assert abs(moment - stamped) < TOLERANCE
        secrets = [("current", webhooks.secret_of(endpoint))]
        assert signing.check(request.headers, request.body, secrets=secrets, keys=[])[0].fits
    assert webhooks.states(endpoint) == ["delivered"]


def test_a_message_is_tried_ten_times_in_three_days_and_kept_as_not_delivered(
    endpoint: Endpoint, receiver: Receiver, dispatcher: Dispatcher
) -> None:
    receiver.answer = lambda request: Reply(500, body=b"out of order")
    webhooks.happen(endpoint)
    moment, waits = clock.real_now(), []
    while Message.objects.get().state == "pending":
        with clock.frozen(moment):
            dispatcher.drain()
        due = Message.objects.get().due_at
        waits.append(due - moment)
        moment = due
    assert waits[:-1] == list(schedule.DELAYS)
    assert sum(waits, timedelta()) == timedelta(hours=75, minutes=35, seconds=5)
    message = Message.objects.get()
    assert (message.state, message.attempts, message.last_status) == ("failed", 10, 500)
    assert set(Attempt.objects.values_list("answer", flat=True)) == {"out of order"}


def test_waits_vary_by_a_tenth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "JITTER", 0.1)
    waits = {schedule.delay(3) for _ in range(50)}
    assert len(waits) > 10
    assert all(timedelta(hours=1.8) <= one <= timedelta(hours=2.2) for one in waits if one)


@pytest.mark.parametrize("status", [429, 503])
def test_a_receiver_that_asks_to_wait_is_left_alone_until_then(
    endpoint: Endpoint, receiver: Receiver, dispatcher: Dispatcher, status: int
) -> None:
    receiver.answers(Reply(status, {"Retry-After": "120"}))
    webhooks.happen(endpoint)
    dispatcher.drain()
    webhooks.happen(endpoint)
    with webhooks.later(100):
        dispatcher.drain()
    assert len(receiver.received) == 1
    with webhooks.later(125):
        dispatcher.drain()
    assert webhooks.states(endpoint) == ["delivered", "delivered"]


@pytest.mark.parametrize(
    ("status", "said", "seconds"),
    [
        (503, "30", 30),
        (429, "99999999999", 86_400),
        (503, "Sun, 29 Nov 2026 12:10:00 GMT", 600),
        (503, "Sun, 29 Nov 2020 12:10:00 GMT", 0),
        (503, "soon", None),
        (503, "", None),
        (500, "30", None),
    ],
)
def test_retry_after_is_understood_in_seconds_and_as_a_date(status: int, said: str, seconds: int | None) -> None:
    moment = datetime.fromisoformat("2026-11-29T12:00:00+00:00")
    held = schedule.hold(status, said, moment)
    assert held == (None if seconds is None else timedelta(seconds=seconds))


def test_410_switches_the_endpoint_off_and_tells_the_owner(
    endpoint: Endpoint, receiver: Receiver, dispatcher: Dispatcher
) -> None:
    receiver.answers(Reply(410))
    webhooks.happen(endpoint)
    dispatcher.drain()
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.off_reason) == ("off", "gone")
    assert EventRecord.objects.filter(name="EndpointSwitchedOff").count() == 1
    webhooks.happen(endpoint)
    dispatcher.drain()
    assert (len(receiver.received), webhooks.states(endpoint)) == (1, ["pending", "pending"])


def test_five_days_without_a_success_switch_it_off(
    endpoint: Endpoint, receiver: Receiver, dispatcher: Dispatcher
) -> None:
    receiver.answer = lambda request: Reply(502)
    webhooks.happen(endpoint)
    dispatcher.drain()
    with webhooks.later(4.9 * 86_400):
        webhooks.happen(endpoint)
        dispatcher.drain()
        endpoint.refresh_from_db()
        assert endpoint.state == "active"
    with webhooks.later(5.1 * 86_400):
        webhooks.happen(endpoint)
        dispatcher.drain()
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.off_reason) == ("off", "failing")


def test_a_receiver_that_was_away_gets_everything_and_can_restore_the_order(
    endpoint: Endpoint, receiver: Receiver, dispatcher: Dispatcher
) -> None:
    receiver.answer = lambda request: Reply(503)
    ids = webhooks.happen(endpoint, 30)
    dispatcher.drain()
    receiver.answer = lambda request: Reply()
    receiver.received.clear()
    with webhooks.later(3600):
        ids += webhooks.happen(endpoint, 5)
        dispatcher.drain()
    in_order = sorted((request.payload for request in receiver.received), key=lambda one: one["sequence"])
    assert [one["sequence"] for one in in_order] == list(range(1, 36))
    assert [one["data"]["job_id"] for one in in_order] == [str(one) for one in ids]
    assert [one["timestamp"] for one in in_order] == sorted(one["timestamp"] for one in in_order)


def test_the_end_of_an_outage_is_noticed_by_the_next_success(
    endpoint: Endpoint, receiver: Receiver, dispatcher: Dispatcher
) -> None:
    receiver.answer = lambda request: Reply(503)
    webhooks.happen(endpoint, 3)
    for seconds in (0, 6, 310):
        with webhooks.later(seconds):
            dispatcher.drain()
    receiver.answer = lambda request: Reply()
    with webhooks.later(400):  # the next attempts of the three are half an hour away
        webhooks.happen(endpoint)
        dispatcher.drain()
    assert webhooks.states(endpoint) == ["delivered"] * 4


def test_a_redirect_is_a_failure_and_not_followed(
    endpoint: Endpoint, receiver: Receiver, dispatcher: Dispatcher
) -> None:
    receiver.answers(Reply(302, {"Location": receiver.url}))
    webhooks.happen(endpoint)
    dispatcher.drain()
    assert (len(receiver.received), Message.objects.get().last_status) == (1, 302)


def test_an_event_handled_twice_is_one_message(endpoint: Endpoint) -> None:
    told, event = webhooks.Told("job.changed", endpoint.id, {}), webhooks.delivered()
    for _ in range(2):
        webhooks.tell(endpoint.agency_id, [told], event)
    endpoint.refresh_from_db()
    assert (Message.objects.count(), endpoint.sequence) == (1, 1)


def test_an_endpoint_gets_only_the_types_it_chose(receiver: Receiver, db: None) -> None:
    endpoint = webhooks.endpoint(receiver.url, types=["application.*", "job.expired"])
    for name in ("job.expired", "job.changed", "application.viewed"):
        webhooks.happen(endpoint, type=name)
    assert list(Message.objects.order_by("sequence").values_list("type", flat=True)) == [
        "job.expired",
        "application.viewed",
    ]


def test_others_and_the_other_mode_get_nothing(receiver: Receiver, endpoint: Endpoint) -> None:
    webhooks.endpoint(receiver.url, agency=endpoint.agency, mode=Mode.TEST)
    webhooks.endpoint(receiver.url, agency=organisations.agency())
    webhooks.happen(endpoint)
    assert list(Message.objects.values_list("endpoint", flat=True)) == [endpoint.id]


def test_a_long_answer_counts_and_only_its_first_kilobyte_is_kept(
    endpoint: Endpoint, receiver: Receiver, dispatcher: Dispatcher
) -> None:
    receiver.answers(Reply(200, body=b"x" * 1_000_000))
    webhooks.happen(endpoint)
    dispatcher.drain()
    assert webhooks.states(endpoint) == ["delivered"]
    assert Attempt.objects.get().answer == "x" * 1024
