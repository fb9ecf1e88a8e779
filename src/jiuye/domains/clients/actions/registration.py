"""Create, change and revoke clients."""

from collections.abc import Sequence
from ipaddress import ip_network
from typing import Any
from uuid import UUID

from django.db import transaction

from jiuye.domains.clients import policies
from jiuye.domains.clients.events import ClientCreated, ClientRevoked
from jiuye.domains.clients.models import ApiClient
from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.clients.states import Mode, Scope
from jiuye.domains.organisations.models import Agency
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.text.tidying import tidy_line

_LONGEST_NAME = 60
_MOST_NETWORKS = 50


def create_client(actor: Actor, *, name: str, mode: Mode, scopes: Sequence[str], networks: Sequence[str] = ()) -> UUID:
    """Create a client of the actor's agency; return its id. Raises `NotFound`, `Denied`, `ConfirmationRequired`, `Invalid`
    (name, mode, scopes, networks) and `Refused` (too_many_clients).
    """
    agency_id = policies.may_manage_clients(actor)
    described = _described(name, scopes, networks, {} if mode in Mode.values else {"mode": "请选择正式或测试。"})
    with transaction.atomic():
        Agency.objects.select_for_update(no_key=True).get(pk=agency_id)  # two at once do not both pass the limit
        if ApiClient.objects.filter(agency_id=agency_id, revoked_at=None).count() >= policies.MOST_CLIENTS:
            raise Refused(f"最多 {policies.MOST_CLIENTS} 个接口客户端，请先停用不再使用的。", code="too_many_clients")
        client = ApiClient.objects.create(
            agency_id=agency_id, mode=mode, created_by_id=actor.person, created_at=clock.real_now(), **described
        )
        audit.record(actor, "client.create", client.id, mode=mode, **described)
        events.publish(actor, ClientCreated(client.id, agency_id, mode))
    return client.id


def change_client(
    actor: Actor, *, client_id: UUID, name: str, scopes: Sequence[str], networks: Sequence[str] = ()
) -> None:
    """Change a client's name, scopes and networks, for its present credentials and tokens too (within
    `queries.KEPT_SECONDS`). Raises `NotFound`, `Denied`, `ConfirmationRequired` and `Invalid` (name, scopes, networks).
    """
    agency_id = policies.may_manage_clients(actor)
    described = _described(name, scopes, networks, {})
    with transaction.atomic():
        client = live_client(agency_id, client_id)
        changed = {
            field: {"from": getattr(client, field), "to": value}
            for field, value in described.items()
            if getattr(client, field) != value
        }
        if changed:
            client.name, client.scopes, client.networks = (described[one] for one in ("name", "scopes", "networks"))
            client.save(update_fields=["name", "scopes", "networks"])
            audit.record(actor, "client.change", client.id, **changed)
            transaction.on_commit(forget_callers)


def revoke_client(actor: Actor, *, client_id: UUID) -> None:
    """Revoke a client and all its credentials. Idempotent. Raises `NotFound`, `Denied`, `ConfirmationRequired`."""
    agency_id = policies.may_manage_clients(actor)
    with transaction.atomic():
        client = ApiClient.objects.select_for_update().filter(pk=client_id, agency_id=agency_id).first()
        if client is None:
            raise NotFound
        if client.revoked_at is None:
            client.revoked_at = clock.real_now()
            client.save(update_fields=["revoked_at"])
            audit.record(actor, "client.revoke", client.id, name=client.name)
            events.publish(actor, ClientRevoked(client.id, agency_id))
            transaction.on_commit(forget_callers)


def live_client(agency_id: UUID, client_id: UUID) -> ApiClient:
    """Return an agency's client, locked. Raises `NotFound` if it has none such, or it is revoked."""
    rows = ApiClient.objects.select_for_update().filter(pk=client_id, agency_id=agency_id, revoked_at=None)
    client = rows.first()
    if client is None:
        raise NotFound
    return client


def _described(name: str, scopes: Sequence[str], networks: Sequence[str], faults: dict[str, str]) -> dict[str, Any]:
    """Return the columns name, scopes and networks in canonical form. Raises `Invalid`, with `faults` too."""
    name, kept = tidy_line(name), _networks(networks)
    faults = dict(faults)
    if not 1 <= len(name) <= _LONGEST_NAME:
        faults["name"] = f"请填写 1 到 {_LONGEST_NAME} 字的名称，如“人事系统”。"
    if not scopes or not set(scopes) <= set(Scope.values):
        faults["scopes"] = "请至少选择一项权限。"
    if kept is None:
        faults["networks"] = "有不认识的地址，请写成 203.0.113.7 或 203.0.113.0/24，每行一个。"
    elif len(kept) > _MOST_NETWORKS:
        faults["networks"] = f"最多 {_MOST_NETWORKS} 行，请合并成网段，如 203.0.113.0/24。"
    if faults:
        raise Invalid(faults)
    return {"name": name, "scopes": [one for one in Scope.values if one in scopes], "networks": kept or []}


def _networks(written: Sequence[str]) -> list[str] | None:
    """Return the networks in canonical form; None if one is none."""
    try:
        return list(dict.fromkeys(str(ip_network(one.strip(), strict=False)) for one in written if one.strip()))
    except ValueError:
        return None
