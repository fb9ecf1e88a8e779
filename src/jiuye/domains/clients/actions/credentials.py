"""Issue and revoke a client's keys and secrets, register its public keys."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from jiuye.domains.clients import policies
from jiuye.domains.clients.actions.registration import live_client
from jiuye.domains.clients.models import ApiClient, ClientCredential
from jiuye.domains.clients.public_keys import UnusableKey, read_public_key
from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.clients.states import CredentialKind, Mode
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.ids import new_id

_SHOWN = 14
"""Letters of a credential that are kept to tell it apart."""
_SENT_TWICE_WITHIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Issued:
    """A new credential. `secret` is shown once and stored nowhere."""

    credential_id: UUID
    secret: str


def issue_credential(
    actor: Actor,
    *,
    client_id: UUID,
    kind: CredentialKind = CredentialKind.KEY,
    expires_at: datetime | None = None,
    others_end_in: timedelta | None = None,
    form_id: UUID | None = None,
) -> Issued:
    """Issue a key or a client secret. `others_end_in`: when the live ones of this kind end (0: now); None leaves them.

    `form_id` identifies the form in which it was asked for: sent twice within a minute, one credential is issued, and the
    secret of the answer that came last is its secret, because that is the one the person sees.

    Raises `NotFound`, `Denied`, `ConfirmationRequired` and `Refused` (too_many, form_used).
    """
    agency_id = policies.may_manage_clients(actor)
    with transaction.atomic():
        client = live_client(agency_id, client_id)
        secret = policies.new_secret(policies.STARTS[kind, Mode(client.mode)])
        if form_id and _sent_again(form_id, client, kind, secret):
            return Issued(form_id, secret)
        row = _add(
            actor, client, kind, others_end_in, id=form_id or new_id(), prefix=secret[:_SHOWN],
            digest=policies.digest_of(secret), expires_at=expires_at,
        )  # fmt: skip
    return Issued(row.id, secret)


def register_public_key(
    actor: Actor,
    *,
    client_id: UUID,
    written: str,
    expires_at: datetime | None = None,
    others_end_in: timedelta | None = None,
) -> UUID:
    """Register the public key (PEM or JWK) with whose private half the client signs assertions; return the credential's id.

    Raises `NotFound`, `Denied`, `ConfirmationRequired`, `Invalid` (written: no usable key, or known already) and `Refused`
    (too_many).
    """
    agency_id = policies.may_manage_clients(actor)
    try:
        jwk, thumbprint = read_public_key(written)
    except UnusableKey as error:
        raise Invalid({"public_key": str(error)}) from error
    digest = policies.digest_of(thumbprint)
    with transaction.atomic():
        client = live_client(agency_id, client_id)
        if ClientCredential.objects.filter(digest=digest).exists():
            raise Invalid({"public_key": "这个公钥已经登记过，请生成一对新的密钥。"})
        row = _add(
            actor, client, CredentialKind.PUBLIC_KEY, others_end_in, prefix=thumbprint[:_SHOWN], digest=digest,
            public_key=jwk, expires_at=expires_at,
        )  # fmt: skip
    return row.id


def revoke_credential(actor: Actor, *, credential_id: UUID) -> UUID:
    """Revoke a credential; it is refused everywhere within half a minute. Return its client. Idempotent.

    Raises `NotFound`, `Denied`, `ConfirmationRequired`.
    """
    agency_id = policies.may_manage_clients(actor)
    with transaction.atomic():
        found = ClientCredential.objects.select_for_update(of=("self",)).filter(client__agency_id=agency_id)
        row = found.filter(pk=credential_id).first()
        if row is None:
            raise NotFound
        if row.revoked_at is None:
            row.revoked_at = clock.real_now()
            row.save(update_fields=["revoked_at"])
            audit.record(actor, "client.revoke_credential", row.client_id, kind=row.kind, prefix=row.prefix)
            transaction.on_commit(forget_callers)
    return row.client_id


def _sent_again(form_id: UUID, client: ApiClient, kind: CredentialKind, secret: str) -> bool:
    """Give the credential of this form, if there is one, another secret. Raises `Refused` (form_used) if it may be in use."""
    row = ClientCredential.objects.filter(pk=form_id).first()
    if row is None:
        return False
    is_new = row.created_at > clock.real_now() - _SENT_TWICE_WITHIN and not (row.last_used_at or row.revoked_at)
    if (row.client_id, row.kind) != (client.id, kind) or not is_new:
        raise Refused("这一页已经用过了。如需再生成一个，请从客户端页面重新打开。", code="form_used")
    row.prefix, row.digest = secret[:_SHOWN], policies.digest_of(secret)
    row.save(update_fields=["prefix", "digest"])
    return True


def _add(
    actor: Actor, client: ApiClient, kind: CredentialKind, others_end_in: timedelta | None, **columns: Any
) -> ClientCredential:
    """Store a credential and end the others. Raises `Refused` (too_many): two stay at most, the old one and its successor."""
    moment = clock.real_now()
    live = ClientCredential.objects.filter(policies.is_live(moment), client=client, kind=kind)
    if others_end_in is not None and not others_end_in:
        live.update(revoked_at=moment)
        transaction.on_commit(forget_callers)
    if live.count() >= policies.MOST_OF_A_KIND:
        raise Refused("同时最多两个有效，请先停用旧的，再生成新的。", code="too_many")
    if others_end_in:
        ends = moment + others_end_in
        live.filter(Q(expires_at=None) | Q(expires_at__gt=ends)).update(expires_at=ends)
    row = ClientCredential.objects.create(client=client, kind=kind, created_at=moment, **columns)
    audit.record(
        actor, "client.issue_credential", client.id, kind=kind, prefix=row.prefix, expires_at=row.expires_at,
        others_end_in=None if others_end_in is None else int(others_end_in.total_seconds()),
    )  # fmt: skip
    return row
