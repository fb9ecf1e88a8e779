"""Create clients, issue and revoke credentials."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_network
from uuid import UUID

from django.db import transaction

from jiuye.domains.clients import policies
from jiuye.domains.clients.events import ClientCreated, ClientRevoked
from jiuye.domains.clients.models import ApiClient, ClientCredential
from jiuye.domains.clients.states import CredentialKind, Mode, Scope
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.text.tidying import tidy_line
from jiuye.kernel.write_guard import writes_allowed

__all__ = ["Issued", "create_client", "issue_credential", "note_use", "revoke_client", "revoke_credential"]


@dataclass(frozen=True, slots=True)
class Issued:
    """A new credential. `secret` is shown once and stored nowhere."""

    credential_id: UUID
    secret: str


def create_client(actor: Actor, *, name: str, mode: Mode, scopes: Sequence[str], networks: Sequence[str] = ()) -> UUID:
    """Create a client of the actor's agency; return its id. Raises `NotFound`, `Denied`, `ConfirmationRequired`, `Invalid`
    (name, mode, scopes, networks) and `Refused` (too_many_clients).
    """
    agency_id = policies.may_manage_clients(actor)
    name, kept = tidy_line(name), _networks(networks)
    faults = {}
    if not 1 <= len(name) <= 60:
        faults["name"] = "请填写 1 到 60 字的名称，如“人事系统”。"
    if mode not in Mode.values:
        faults["mode"] = "请选择正式或测试。"
    if not scopes or not set(scopes) <= set(Scope.values):
        faults["scopes"] = "请至少选择一项权限。"
    if kept is None:
        faults["networks"] = "有不认识的地址，请写成 203.0.113.7 或 203.0.113.0/24，每行一个。"
    if faults:
        raise Invalid(faults)
    with transaction.atomic():
        if ApiClient.objects.filter(agency_id=agency_id, revoked_at=None).count() >= policies.MOST_CLIENTS:
            raise Refused(f"最多 {policies.MOST_CLIENTS} 个接口客户端，请先停用不再使用的。", code="too_many_clients")
        client = ApiClient.objects.create(
            agency_id=agency_id, name=name, mode=mode, scopes=[one for one in Scope.values if one in scopes],
            networks=kept or [], created_by_id=actor.person, created_at=clock.real_now(),
        )  # fmt: skip
        audit.record(actor, "client.create", client.id, mode=mode, scopes=client.scopes)
        events.publish(actor, ClientCreated(client.id, agency_id, mode))
    return client.id


def issue_credential(
    actor: Actor, *, client_id: UUID, kind: CredentialKind = CredentialKind.KEY, expires_at: datetime | None = None
) -> Issued:
    """Issue a key or a client secret. Raises `NotFound`, `Denied`, `ConfirmationRequired` and `Refused` (too_many)."""
    agency_id = policies.may_manage_clients(actor)
    moment = clock.real_now()
    with transaction.atomic():
        client = (
            ApiClient.objects.select_for_update().filter(pk=client_id, agency_id=agency_id, revoked_at=None).first()
        )
        if client is None:
            raise NotFound
        if (
            ClientCredential.objects.filter(policies.is_live(moment), client=client, kind=kind).count()
            >= policies.MOST_OF_A_KIND
        ):
            raise Refused("同时最多两个有效，请先停用旧的，再生成新的。", code="too_many")
        secret = policies.new_secret(policies.STARTS[kind, Mode(client.mode)])
        row = ClientCredential.objects.create(
            client=client, kind=kind, prefix=secret[:14], digest=policies.digest_of(secret), created_at=moment,
            expires_at=expires_at,
        )  # fmt: skip
        audit.record(actor, "client.issue_credential", client.id, kind=kind, prefix=row.prefix)
    return Issued(row.id, secret)


def revoke_credential(actor: Actor, *, credential_id: UUID) -> None:
    """Revoke a credential; it is refused everywhere within half a minute. Idempotent. Raises `NotFound`, `Denied`."""
    agency_id = policies.may_manage_clients(actor)
    with transaction.atomic():
        found = ClientCredential.objects.select_for_update(of=("self",)).filter(client__agency_id=agency_id)
        row = found.filter(pk=credential_id).first()
        if row is None:
            raise NotFound
        if row.revoked_at is None:
            row.revoked_at = clock.real_now()
            row.save(update_fields=["revoked_at"])
            audit.record(actor, "client.revoke_credential", row.client_id, prefix=row.prefix)


def revoke_client(actor: Actor, *, client_id: UUID) -> None:
    """Revoke a client and all its credentials. Idempotent. Raises `NotFound`, `Denied`."""
    agency_id = policies.may_manage_clients(actor)
    with transaction.atomic():
        client = ApiClient.objects.select_for_update().filter(pk=client_id, agency_id=agency_id).first()
        if client is None:
            raise NotFound
        if client.revoked_at is None:
            client.revoked_at = clock.real_now()
            client.save(update_fields=["revoked_at"])
            audit.record(actor, "client.revoke", client.id)
            events.publish(actor, ClientRevoked(client.id, agency_id))


def note_use(*, credential_id: UUID) -> None:
    """Store that a credential is in use."""
    with writes_allowed():  # reads are noted too
        ClientCredential.objects.filter(pk=credential_id).update(last_used_at=clock.real_now())


def _networks(written: Sequence[str]) -> list[str] | None:
    """Return the networks in canonical form; None if one is none."""
    try:
        return list(dict.fromkeys(str(ip_network(one.strip(), strict=False)) for one in written if one.strip()))
    except ValueError:
        return None
