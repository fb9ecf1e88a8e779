"""Who calls: the client of a credential, the member it acts for, its test world."""

import time
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from jiuye.domains.accounts.models import ClosedPortal, Membership
from jiuye.domains.clients import policies
from jiuye.domains.clients.models import AccessToken, ApiClient, ClientCredential, TestWorld
from jiuye.domains.clients.states import CredentialKind, Mode
from jiuye.domains.organisations.admission import is_admitted
from jiuye.kernel import clock
from jiuye.kernel.errors import NotFound
from jiuye.kernel.worlds import World

KEPT_SECONDS = 15
"""For how long a process remembers a credential: after that a revoked one is refused everywhere."""
_MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Caller:
    """The client that holds a credential. `agency_id` is the real agency's, in test mode too."""

    client_id: UUID
    client_name: str
    agency_id: UUID
    mode: Mode
    scopes: frozenset[str]
    networks: tuple[str, ...]
    credential_id: UUID
    last_used_at: datetime | None
    expires_at: datetime | None

    @property
    def is_test(self) -> bool:
        """Whether it works on its test data."""
        return self.mode == Mode.TEST

    def may_call_from(self, address: str) -> bool:
        """Whether it may be used from this address."""
        return policies.may_call_from(self.networks, address)


@dataclass(frozen=True, slots=True)
class ActingMember:
    """A member of the client's agency."""

    person_id: UUID
    role: str
    is_closed_out: bool
    is_admitted: bool


_kept: dict[str, tuple[float, Caller | None]] = {}
_STARTS = tuple(policies.TOKEN_STARTS.values()) + tuple(
    start for (kind, _), start in policies.STARTS.items() if kind == CredentialKind.KEY
)


def looks_like_ours(credential: str) -> bool:
    """Return whether the text has the format of a client's key or access token."""
    return credential.startswith(_STARTS) and len(credential) <= 100 and credential.isascii()


def caller_of(credential: str) -> Caller | None:
    """Return the client with this key or access token; None if it is unknown, expired or revoked.

    One query (two for an unknown one), then remembered for `KEPT_SECONDS`.
    """
    if not looks_like_ours(credential):
        return None
    digest = policies.digest_of(credential)
    found = _kept.get(digest)
    if found is None or found[0] < time.monotonic():
        is_token = credential.startswith(tuple(policies.TOKEN_STARTS.values()))
        found = (time.monotonic() + KEPT_SECONDS, _of_token(digest) if is_token else _of_key(digest))
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[digest] = found
    caller = found[1]
    if caller and caller.expires_at and caller.expires_at <= clock.real_now():
        return None
    return caller


def forget_callers() -> None:
    """Clear what this process remembers: where something was revoked, it is refused at once."""
    _kept.clear()


def _of_key(digest: str) -> Caller | None:
    rows = ClientCredential.objects.filter(digest=digest, kind=CredentialKind.KEY).select_related("client")
    row = rows.filter(revoked_at=None, client__revoked_at=None).first()
    return _caller(row, row.client.scopes, row.expires_at) if row else None


def _of_token(digest: str) -> Caller | None:
    rows = AccessToken.objects.select_related("client", "credential").filter(digest=digest, client__revoked_at=None)
    token = rows.filter(credential__revoked_at=None).first()
    if token is None:
        return None
    ends = min(filter(None, (token.expires_at, token.credential.expires_at)))
    return _caller(token.credential, token.scopes, ends, of=token)


def _caller(
    credential: ClientCredential, scopes: list[str], expires_at: datetime | None, *, of: AccessToken | None = None
) -> Caller:
    client = of.client if of else credential.client
    return Caller(
        client.id, client.name, client.agency_id, Mode(client.mode), frozenset(scopes) & frozenset(client.scopes),
        tuple(client.networks), credential.id, credential.last_used_at, expires_at,
    )  # fmt: skip


def acting_member(agency_id: UUID, person_id: UUID | None) -> ActingMember | None:
    """Return a current member of an agency; None if there is none. `person_id` None: somebody, to know the agency's standing.
    One query.
    """
    rows = Membership.objects.filter(
        organisation_id=agency_id, organisation_kind="agency", ended_at=None, user__erased_at=None,
        user__suspended_at=None,
    )  # fmt: skip
    if person_id is not None:
        rows = rows.filter(user_id=person_id)
    row = rows.values_list(
        "user_id",
        "role",
        Exists(ClosedPortal.objects.filter(organisation_id=OuterRef("organisation_id"))),
        is_admitted("agency"),
    ).first()
    return ActingMember(*row) if row else None


def test_world(client_id: UUID) -> World:
    """Return the test world of a client. Raises `NotFound` for a client without one."""
    offset = TestWorld.objects.filter(pk=client_id).values_list("offset", flat=True).first()
    if offset is None:
        raise NotFound
    return World(client_id, offset)


def agency_of(client_id: UUID) -> UUID:
    """Return the real agency of a client, in test mode too. One query. Raises `NotFound`."""
    found = ApiClient.objects.filter(pk=client_id).values_list("agency_id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def test_agency(client_id: UUID) -> UUID | None:
    """Return the agency for which a client acts in its test data; None before it has any."""
    return TestWorld.objects.filter(pk=client_id).values_list("agency_id", flat=True).first()
