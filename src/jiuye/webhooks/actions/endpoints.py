"""Create and change endpoints, and replace their secrets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction

from jiuye.domains.clients.models import ApiClient
from jiuye.domains.clients.states import Mode
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.text.tidying import tidy_line
from jiuye.webhooks import keys, policies, signing
from jiuye.webhooks.delivery.results import switch_off
from jiuye.webhooks.models import Endpoint, EndpointSecret, Message
from jiuye.webhooks.owned import endpoints_of, in_order, lock
from jiuye.webhooks.queue import wake
from jiuye.webhooks.states import EndpointState, MessageState, OffReason


@dataclass(frozen=True, slots=True)
class NewEndpoint:
    """A new endpoint and its secret."""

    id: UUID
    secret: str


def create_endpoint(
    actor: Actor,
    *,
    url: str,
    types: Sequence[str] = (),
    description: str = "",
    mode: Mode = Mode.LIVE,
    client_id: UUID | None = None,
) -> NewEndpoint:
    """Create an endpoint; `types` empty: all. A client's belongs to the client, in its mode; `mode` and `client_id` (whose
    test data) are for people.

    Raises `NotFound`, `Denied`, `ConfirmationRequired`, `Invalid` (url, types, description, client) and `Refused` (too_many).
    """
    owner = policies.may_manage(actor)
    policies.require_confirmed(actor)
    if owner.mode:
        mode, client_id = owner.mode, owner.client_id
    faults = policies.faults_of(url, types, description)
    if client_id and not ApiClient.objects.filter(
        pk=client_id, agency_id=owner.agency_id, mode=mode, revoked_at=None
    ).exists():  # fmt: skip
        faults["client"] = "请从列表里选择一个接口客户端。"
    if faults:
        raise Invalid(faults)
    keys.ensure()
    moment = clock.real_now()
    with transaction.atomic():
        if endpoints_of(owner).filter(mode=mode).count() >= policies.MOST_ENDPOINTS:
            raise Refused(f"最多 {policies.MOST_ENDPOINTS} 个推送地址，请先删除不再使用的。", code="too_many")
        endpoint = Endpoint.objects.create(
            agency_id=owner.agency_id, client_id=client_id, mode=mode, url=url, types=in_order(types),
            description=tidy_line(description), created_by_id=actor.person, created_at=moment, updated_at=moment,
        )  # fmt: skip
        secret = _add_secret(endpoint, moment)
        audit.record(actor, "webhook.create", endpoint.id, host=host_of(url), types=endpoint.types, mode=mode)
    return NewEndpoint(endpoint.id, secret)


def change_endpoint(
    actor: Actor,
    *,
    endpoint_id: UUID,
    url: str | None = None,
    types: Sequence[str] | None = None,
    description: str | None = None,
) -> None:
    """Change what is given. Raises `NotFound`, `Denied`, `ConfirmationRequired`, `Invalid`."""
    owner = policies.may_manage(actor)
    policies.require_confirmed(actor)
    with transaction.atomic():
        row = lock(owner, endpoint_id)
        before = row.url, row.types, row.description
        row.url = row.url if url is None else url
        row.types = row.types if types is None else in_order(types)
        row.description = row.description if description is None else tidy_line(description)
        if faults := policies.faults_of(row.url, types or (), row.description):
            raise Invalid(faults)
        if before != (row.url, row.types, row.description):
            row.updated_at = clock.real_now()
            row.save(update_fields=["url", "types", "description", "updated_at"])
            audit.record(actor, "webhook.change", row.id, host=host_of(row.url), types=row.types)


def delete_endpoint(actor: Actor, *, endpoint_id: UUID) -> None:
    """Delete an endpoint; its log goes too, within a day. Raises `NotFound`, `Denied`."""
    owner = policies.may_manage(actor)
    with transaction.atomic():
        row = lock(owner, endpoint_id)
        row.deleted_at = clock.real_now()
        row.save(update_fields=["deleted_at"])
        audit.record(actor, "webhook.delete", row.id, host=host_of(row.url))


def pause_endpoint(actor: Actor, *, endpoint_id: UUID) -> None:
    """Send nothing for now; what happens meanwhile is kept. Idempotent. Raises `NotFound`, `Denied`, `Refused`."""
    owner = policies.may_manage(actor)
    with transaction.atomic():
        row = lock(owner, endpoint_id)
        if row.state == EndpointState.OFF:
            raise Refused("这个地址已停用，不用再暂停。", code="state_not_allowed")
        if row.state != EndpointState.PAUSED:
            row.state, row.updated_at = EndpointState.PAUSED, clock.real_now()
            row.save(update_fields=["state", "updated_at"])
            audit.record(actor, "webhook.pause", row.id)


def resume_endpoint(actor: Actor, *, endpoint_id: UUID) -> None:
    """Send again after a pause, or switch on again; what was missed is sent at once, in order. Idempotent.

    After a switch-off, messages that were given up since the last success are sent again too. Raises `NotFound`, `Denied`.
    """
    owner = policies.may_manage(actor)
    with transaction.atomic():
        row = lock(owner, endpoint_id)
        if row.state == EndpointState.ACTIVE:
            return
        moment = clock.real_now()
        missed = Message.objects.filter(endpoint=row, state=MessageState.PENDING)
        if row.state == EndpointState.OFF:
            given_up = Message.objects.filter(endpoint=row, state=MessageState.FAILED)
            if row.last_success_at:
                given_up = given_up.filter(finished_at__gte=row.last_success_at)
            given_up.update(state=MessageState.PENDING, step=0, finished_at=None)
        missed.update(due_at=moment)
        row.state, row.off_reason, row.hold_until, row.failing_since = EndpointState.ACTIVE, OffReason.NONE, None, None
        row.updated_at = moment
        row.save(update_fields=["state", "off_reason", "hold_until", "failing_since", "updated_at"])
        audit.record(actor, "webhook.resume", row.id)
        transaction.on_commit(wake)


def replace_secret(actor: Actor, *, endpoint_id: UUID, overlap: timedelta = policies.SECRET_OVERLAP) -> str:
    """Create a new secret and return it; the former ones sign beside it for `overlap`.

    Raises `NotFound`, `Denied`, `ConfirmationRequired`, `Invalid` (overlap).
    """
    owner = policies.may_manage(actor)
    policies.require_confirmed(actor)
    if not timedelta() <= overlap <= policies.LONGEST_OVERLAP:
        raise Invalid({"overlap_hours": "新旧密钥并用的时间，请填 0 到 720 小时。"})
    moment = clock.real_now()
    with transaction.atomic():
        row = lock(owner, endpoint_id)
        until = moment + overlap
        former = EndpointSecret.objects.filter(endpoint=row)
        former.filter(expires_at__lte=moment).delete()
        # At most two sign: a third replacement ends the oldest.
        if newest := former.order_by("-created_at", "id").first():
            former.exclude(pk=newest.pk).delete()
        former.update(expires_at=until)
        secret = _add_secret(row, moment)
        audit.record(actor, "webhook.replace_secret", row.id, former_until=until)
    return secret


def reveal_secret(actor: Actor, *, endpoint_id: UUID) -> str:
    """Return the newest secret again. Raises `NotFound`, `Denied`, `ConfirmationRequired`."""
    owner = policies.may_manage(actor)
    policies.require_confirmed(actor)
    with transaction.atomic():
        row = lock(owner, endpoint_id)
        newest = EndpointSecret.objects.filter(endpoint=row).order_by("-created_at", "id").first()
        if newest is None:
            raise NotFound
        audit.record(actor, "webhook.reveal_secret", row.id)
    return newest.secret


def switch_off_of_client(client_id: UUID) -> None:
    """Switch off the endpoints of a revoked client. Idempotent. For the system."""
    with transaction.atomic():
        rows = Endpoint.objects.select_for_update().filter(client_id=client_id, deleted_at=None).order_by("id")
        for row in rows:
            switch_off(row, OffReason.CLIENT_REVOKED, clock.real_now())


def _add_secret(endpoint: Endpoint, moment: datetime) -> str:
    secret = signing.new_secret()
    EndpointSecret.objects.create(endpoint=endpoint, secret=secret, created_at=moment)
    return secret


def host_of(url: str) -> str:
    """Return the host in a URL: the rest may be confidential."""
    return urlsplit(url).hostname or ""
