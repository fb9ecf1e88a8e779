"""Endpoints with their health."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Q

from jiuye.domains.clients.models import ApiClient
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.webhooks import policies
from jiuye.webhooks.models import Attempt, Endpoint, EndpointSecret, Message
from jiuye.webhooks.owned import endpoints_of
from jiuye.webhooks.queries.rows import ClientChoice, EndpointRow, Health
from jiuye.webhooks.states import EndpointState, MessageState


def endpoints(actor: Actor) -> list[EndpointRow]:
    """Return the actor's endpoints, oldest first. Three queries at most. Raises `NotFound`, `Denied`."""
    rows = endpoints_of(policies.may_see(actor)).select_related("client").order_by("created_at", "id")
    return rows_of(list(rows))


def endpoint(actor: Actor, endpoint_id: UUID) -> EndpointRow:
    """Return an endpoint. Raises `NotFound`, `Denied`."""
    return rows_of([own(actor, endpoint_id)])[0]


def health_of(row: Endpoint) -> Health:
    """Return how the last day went. One query."""
    tried = Attempt.objects.filter(message__endpoint=row, started_at__gte=clock.real_now() - timedelta(days=1))
    good = Q(status__gte=200, status__lt=300)
    found = tried.aggregate(good=Count("id", filter=good), bad=Count("id", filter=~good), mean=Avg("milliseconds"))
    return Health(found["good"], found["bad"], round(found["mean"]) if found["mean"] is not None else None)


def clients_to_choose(actor: Actor) -> list[ClientChoice]:
    """Return the agency's clients in test mode. Raises `NotFound`, `Denied`."""
    rows = ApiClient.objects.filter(agency_id=policies.may_see(actor).agency_id, mode="test", revoked_at=None)
    return [ClientChoice(row.id, row.name) for row in rows.order_by("created_at", "id")]


def oldest_waiting() -> datetime | None:
    """Return since when the oldest message has been waiting for its first attempt; None: nothing waits. One query.

    Of endpoints that answer: what waits for a receiver that is away says nothing about the platform.
    """
    waiting = Message.objects.filter(state=MessageState.PENDING, attempts=0, due_at__lte=clock.real_now())
    answering = waiting.filter(
        endpoint__state=EndpointState.ACTIVE, endpoint__deleted_at=None, endpoint__failing_since=None
    )
    return answering.order_by("due_at").values_list("due_at", flat=True).first()


def own(actor: Actor, endpoint_id: UUID) -> Endpoint:
    """Return an endpoint that the actor may see. Raises `NotFound`, `Denied`."""
    row = endpoints_of(policies.may_see(actor)).select_related("client").filter(pk=endpoint_id).first()
    if row is None:
        raise NotFound
    return row


def rows_of(rows: list[Endpoint]) -> list[EndpointRow]:
    """Return endpoints with what waits for them. Two queries."""
    ids = [row.id for row in rows]
    waiting = Message.objects.filter(endpoint__in=ids, state=MessageState.PENDING).values("endpoint")
    counts: dict[Any, int] = dict(waiting.annotate(count=Count("id")).values_list("endpoint", "count"))
    former = EndpointSecret.objects.filter(endpoint__in=ids, expires_at__gt=clock.real_now())
    until = dict(former.order_by("expires_at").values_list("endpoint", "expires_at"))
    return [
        EndpointRow(
            row.id, row.url, row.description, row.mode, row.client_id, row.client.name if row.client else "",
            tuple(row.types), row.state, row.off_reason, row.failing_since, row.last_success_at, row.last_failure_at,
            row.hold_until, counts.get(row.id, 0), row.created_at, until.get(row.id),
        )
        for row in rows
    ]  # fmt: skip
