"""Whose endpoints, under a row lock."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from jiuye.kernel.errors import NotFound, Refused
from jiuye.webhooks.models import Endpoint
from jiuye.webhooks.policies import Owner
from jiuye.webhooks.states import EndpointState


def lock(owner: Owner, endpoint_id: UUID) -> Endpoint:
    """Return an endpoint under a row lock. Raises `NotFound`."""
    row = endpoints_of(owner).select_for_update(of=("self",)).filter(pk=endpoint_id).first()
    if row is None:
        raise NotFound
    return row


def endpoints_of(owner: Owner) -> QuerySet[Endpoint]:
    """Return the endpoints of an owner."""
    rows = Endpoint.objects.filter(deleted_at=None, agency_id=owner.agency_id)
    return rows.filter(Q(client=None) | Q(client_id=owner.client_id), mode=owner.mode) if owner.mode else rows


def require_active(row: Endpoint) -> None:
    """Raise `Refused` for an endpoint to which nothing is sent now."""
    if row.state != EndpointState.ACTIVE:
        raise Refused("这个地址现在不推送，请先恢复推送。", code="state_not_allowed")


def in_order(types: Sequence[str]) -> list[str]:
    """Return types in one order, each once."""
    return sorted(set(types))
