"""Who may manage an agency's API clients, and the format of credentials."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from uuid import UUID

from django.db.models import Q

from jiuye.domains.accounts.states import Role
from jiuye.domains.clients.states import CredentialKind, Mode
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import ConfirmationRequired, Denied, NotFound

MOST_CLIENTS = 20
MOST_OF_A_KIND = 2
"""Credentials of a kind that may be valid at once: the old one and its successor."""
TOKEN_LASTS = timedelta(hours=1)
STARTS = {
    (CredentialKind.KEY, Mode.LIVE): "jya_live_",
    (CredentialKind.KEY, Mode.TEST): "jya_test_",
    (CredentialKind.SECRET, Mode.LIVE): "jys_live_",
    (CredentialKind.SECRET, Mode.TEST): "jys_test_",
}
"""How credentials begin, so that people and secret scanners recognise them and tell live from test."""
TOKEN_STARTS = {Mode.LIVE: "jyt_live_", Mode.TEST: "jyt_test_"}


def may_see_clients(actor: Actor) -> UUID:
    """Return the actor's agency. Raises `NotFound` for people of no agency, `Denied` for members who are no owner."""
    if not actor.acts_for("agency") or actor.organisation_id is None:
        raise NotFound
    if actor.role != Role.OWNER:
        raise Denied("只有管理员能管理接口。如需调整，请联系本机构的管理员。")
    return actor.organisation_id


def may_manage_clients(actor: Actor) -> UUID:
    """Return the actor's agency, as `may_see_clients`. Raises `ConfirmationRequired` without a recent re-authentication."""
    agency_id = may_see_clients(actor)
    if not actor.is_confirmed:
        raise ConfirmationRequired
    return agency_id


def is_live(moment: datetime) -> Q:
    """Return the condition for credentials that are neither revoked nor expired."""
    return Q(revoked_at=None) & (Q(expires_at=None) | Q(expires_at__gt=moment))


def may_call_from(networks: Iterable[str], address: str) -> bool:
    """Return whether a client with these networks may be used from an address. Without networks: from anywhere."""
    if not networks:
        return True
    try:
        here = ip_address(address)
    except ValueError:
        return False
    return any(here in ip_network(one) for one in networks)


def new_secret(start: str) -> str:
    """Return a new credential: `start` and 256 random bits."""
    return start + secrets.token_urlsafe(32)


def digest_of(credential: str) -> str:
    """Return the digest under which a credential is stored; it has 256 random bits, so a slow digest gains nothing."""
    return hashlib.sha256(credential.encode()).hexdigest()
