"""Write the results of attempts, many at once, and what they mean for their endpoints."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db import connection, transaction

from jiuye.domains.clients.events import EndpointSwitchedOff
from jiuye.kernel import audit, events
from jiuye.kernel.actor import Actor
from jiuye.ports.webhooks import Answer
from jiuye.webhooks import schedule
from jiuye.webhooks.delivery.claims import Claimed
from jiuye.webhooks.models import Attempt, Endpoint, Message
from jiuye.webhooks.states import EndpointState, MessageState, OffReason

GONE = 410
_OUTAGE = timedelta(minutes=1)
"""A failure that lasted longer was an outage: what waits for later attempts is sent as soon as it ends."""

# A message that another attempt has delivered meanwhile stays delivered.
_SETTLE = """
UPDATE webhooks_message m SET
    attempts = m.attempts + 1, last_status = done.status, last_problem = done.problem,
    state = CASE WHEN m.state = 'pending' THEN done.state ELSE m.state END,
    step = CASE WHEN m.state = 'pending' THEN done.step ELSE m.step END,
    due_at = CASE WHEN m.state = 'pending' THEN done.due_at ELSE m.due_at END,
    finished_at = CASE WHEN m.state = 'pending' THEN done.finished_at ELSE m.finished_at END
FROM unnest(
    %s::uuid[], %s::smallint[], %s::text[], %s::text[], %s::smallint[], %s::timestamptz[], %s::timestamptz[]
) AS done(id, status, problem, state, step, due_at, finished_at)
WHERE m.id = done.id RETURNING m.id
"""


@dataclass(frozen=True, slots=True)
class Result:
    """An attempt: the message, what was sent when, and the answer."""

    message: Claimed
    url: str
    signature: str
    started_at: datetime
    answer: Answer

    @property
    def is_delivered(self) -> bool:
        """Whether the receiver took it: any 2xx (Standard Webhooks)."""
        return self.answer.status is not None and 200 <= self.answer.status < 300


def write(results: Sequence[Result], moment: datetime) -> None:
    """Write attempts, the state of their messages, and the state of their endpoints, in one transaction."""
    by_endpoint: dict[UUID, list[Result]] = {}
    for one in results:
        by_endpoint.setdefault(one.message.endpoint_id, []).append(one)
    with transaction.atomic():
        # In the order in which events lock endpoints: no deadlock.
        rows = Endpoint.objects.select_for_update(of=("self",)).filter(pk__in=by_endpoint).order_by("id")
        endpoints = {row.id: row for row in rows}
        _settle([one for one in results if one.message.endpoint_id in endpoints], moment)
        for endpoint_id, endpoint in endpoints.items():
            _note(endpoint, by_endpoint[endpoint_id], moment)


def switch_off(endpoint: Endpoint, reason: OffReason, moment: datetime) -> None:
    """Switch off a locked endpoint and tell the owners. What it has not received waits until it is switched on."""
    if endpoint.state == EndpointState.OFF:
        return
    endpoint.state, endpoint.off_reason, endpoint.updated_at = EndpointState.OFF, reason, moment
    endpoint.save(update_fields=["state", "off_reason", "updated_at"])
    audit.record(Actor.system(), "webhook.switch_off", endpoint.id, reason=reason)
    host = urlsplit(endpoint.url).hostname or ""
    told = EndpointSwitchedOff(endpoint.id, endpoint.agency_id, host[:100], str(OffReason(reason).label))
    events.publish(Actor.system(), told)


def _settle(results: Sequence[Result], moment: datetime) -> None:
    columns: list[list[Any]] = [[], [], [], [], [], [], []]
    for one in results:
        for column, value in zip(columns, _outcome(one, moment), strict=True):
            column.append(value)
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, columns)
        present = {row[0] for row in cursor.fetchall()}
    Attempt.objects.bulk_create(
        Attempt(
            message_id=one.message.id, started_at=one.started_at, milliseconds=one.answer.milliseconds,
            status=one.answer.status, problem=one.answer.problem, url=one.url, signature=one.signature,
            answer=one.answer.body.decode(errors="replace").replace("\x00", "�"),
        )
        for one in results
        if one.message.id in present
    )  # fmt: skip


def _outcome(one: Result, moment: datetime) -> tuple[Any, ...]:
    """Return id, status, problem, state, step, due time and end for a message."""
    answer, step = one.answer, one.message.step
    about = (one.message.id, answer.status, answer.problem)
    if one.is_delivered:
        return *about, MessageState.DELIVERED, step, moment, moment
    if answer.status == GONE:  # not its fault: it waits for the endpoint to be switched on again
        return *about, MessageState.PENDING, step, moment, None
    wait = schedule.delay(step)
    if wait is None:
        return *about, MessageState.FAILED, step, moment, moment
    held = schedule.hold(answer.status, answer.retry_after, moment) or timedelta()
    return *about, MessageState.PENDING, step + 1, moment + max(wait, held), None


def _note(endpoint: Endpoint, results: Sequence[Result], moment: datetime) -> None:
    """Update an endpoint's health by its results, in the order of their ends."""
    was_failing_since = endpoint.failing_since
    for one in results:
        if one.is_delivered:
            endpoint.failing_since, endpoint.last_success_at = None, moment
        else:
            endpoint.failing_since = endpoint.failing_since or moment
            endpoint.last_failure_at = moment
            if held := schedule.hold(one.answer.status, one.answer.retry_after, moment):
                endpoint.hold_until = max(endpoint.hold_until or moment, moment + held)
    endpoint.save(update_fields=["failing_since", "last_success_at", "last_failure_at", "hold_until"])
    if was_failing_since and any(one.is_delivered for one in results) and was_failing_since < moment - _OUTAGE:
        waiting = Message.objects.filter(endpoint=endpoint, state=MessageState.PENDING, step__gt=0)
        waiting.filter(due_at__gt=moment).update(due_at=moment)
    if any(one.answer.status == GONE for one in results):
        switch_off(endpoint, OffReason.GONE, moment)
    elif endpoint.failing_since and endpoint.failing_since <= moment - schedule.OFF_AFTER:
        switch_off(endpoint, OffReason.FAILING, moment)
