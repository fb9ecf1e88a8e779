"""An agency's clients with their credentials, for its owner and for operators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jiuye.domains.accounts.models import User
from jiuye.domains.clients import policies
from jiuye.domains.clients.models import ApiClient, ClientCredential, TestWorld
from jiuye.domains.clients.states import CredentialKind, Mode
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate

_SHOWN = 30


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A client in a list. `live`: how many of its credentials are valid."""

    id: UUID
    name: str
    mode: Mode
    scopes: tuple[str, ...]
    networks: tuple[str, ...]
    created_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    live: int

    @property
    def is_test(self) -> bool:
        """Whether it works on test data."""
        return self.mode == Mode.TEST


@dataclass(frozen=True, slots=True)
class CredentialRow:
    """A credential. `state`: live, ending (it is valid and has a date of end), ended, revoked."""

    id: UUID
    kind: CredentialKind
    prefix: str
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of a client's history."""

    at: datetime
    who: str
    action: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ClientDetail:
    """A client with its newest credentials and changes. `is_prepared`: its test data is there (live: always)."""

    row: ClientRow
    credentials: Sequence[CredentialRow]
    history: Sequence[Change]
    is_prepared: bool


def clients_of(actor: Actor, *, cursor: str = "") -> Page[ClientRow]:
    """Return the clients of the actor's agency, newest first. One query. Raises `NotFound`, `Denied`."""
    rows = _rows(policies.may_see_clients(actor))
    return paginate(rows, ordering=("-created_at", "-id"), cursor=cursor, size=_SHOWN).map(_row)


def clients_of_agency(actor: Actor, agency_id: UUID) -> list[ClientRow]:
    """Return an agency's newest clients, for operators. One query. Raises `NotFound` for everybody else."""
    if not actor.acts_for("platform"):
        raise NotFound
    return [_row(one) for one in _rows(agency_id).order_by("-created_at", "-id")[:_SHOWN]]


def client_of(actor: Actor, client_id: UUID) -> ClientRow:
    """Return a client of the actor's agency. One query. Raises `NotFound`, `Denied`."""
    found = _rows(policies.may_see_clients(actor)).filter(pk=client_id).first()
    if found is None:
        raise NotFound
    return _row(found)


def client_detail(actor: Actor, client_id: UUID) -> ClientDetail:
    """Return a client of the actor's agency with its credentials. At most five queries. Raises `NotFound`, `Denied`."""
    row = client_of(actor, client_id)
    moment = clock.real_now()
    credentials = ClientCredential.objects.filter(client_id=client_id).order_by("-created_at", "-id")[:_SHOWN]
    entries = audit.of_subject(client_id, limit=_SHOWN)
    people = {one.person_id for one in entries if one.person_id}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    history = [
        Change(one.occurred_at, names.get(one.person_id, "") if one.person_id else "", one.action, one.detail)
        for one in entries
    ]
    is_prepared = not row.is_test or TestWorld.objects.filter(pk=client_id).exists()
    return ClientDetail(row, [_credential(one, moment) for one in credentials], history, is_prepared)


def _rows(agency_id: UUID) -> QuerySet[ApiClient]:
    own = ClientCredential.objects.filter(client=OuterRef("pk")).order_by().values("client")
    live = own.filter(policies.is_live(clock.real_now()))
    return ApiClient.objects.filter(agency_id=agency_id).annotate(
        last_used_at=Subquery(own.annotate(at=Max("last_used_at")).values("at")),
        live=Coalesce(Subquery(live.annotate(number=Count("pk")).values("number")), 0),
    )


def _row(one: Any) -> ClientRow:
    return ClientRow(
        one.id, one.name, Mode(one.mode), tuple(one.scopes), tuple(one.networks), one.created_at, one.revoked_at,
        one.last_used_at, 0 if one.revoked_at else one.live,
    )  # fmt: skip


def _credential(one: ClientCredential, moment: datetime) -> CredentialRow:
    state = "ending" if one.expires_at else "live"
    if one.revoked_at:
        state = "revoked"
    elif one.expires_at and one.expires_at <= moment:
        state = "ended"
    return CredentialRow(
        one.id, CredentialKind(one.kind), one.prefix, one.created_at, one.expires_at, one.last_used_at,
        one.revoked_at, state,
    )  # fmt: skip
