"""A person's account for operators, masked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Subquery

from jiuye.domains.accounts import duties
from jiuye.domains.accounts.models import Authenticator, CardIdentity, Passkey, RealName, Session, User
from jiuye.domains.accounts.queries.devices import SignIn, sign_ins
from jiuye.domains.accounts.states import RealNameSource
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.identifiers import mask_name, mask_phone
from jiuye.kernel.paging import Page


@dataclass(frozen=True, slots=True)
class PersonFile:
    """Names and numbers are masked. `real_name_source` is empty without a verified name."""

    id: UUID
    name: str
    phone: str
    created_at: datetime
    last_login_at: datetime | None
    real_name: str
    real_name_source: str
    real_name_at: datetime | None
    has_card: bool
    has_second_factor: bool
    sessions: int


def person_file(actor: Actor, person_id: UUID) -> PersonFile:
    """Return a person's account. Raises `Denied` and `NotFound`. Three queries."""
    duties.require_people_desk(actor)
    person = User.objects.filter(pk=person_id, erased_at=None).first()
    if person is None:
        raise NotFound
    named = RealName.objects.filter(pk=person_id).first()
    has_card, has_app, has_passkey, sessions = _standing(person_id)
    return PersonFile(
        id=person.id,
        name=mask_name(person.name),
        phone=mask_phone(person.phone),
        created_at=person.created_at,
        last_login_at=person.last_login_at,
        real_name=mask_name(named.name) if named else "",
        real_name_source=str(RealNameSource(named.source).label) if named else "",
        real_name_at=named.verified_at if named else None,
        has_card=has_card,
        has_second_factor=has_app or has_passkey,
        sessions=sessions,
    )


def sign_ins_of(actor: Actor, person_id: UUID, *, cursor: str = "") -> Page[SignIn]:
    """Return a person's recent sign-ins, newest first. Raises `Denied`. Two queries."""
    duties.require_people_desk(actor)
    return sign_ins(Actor(person_id=person_id), cursor=cursor)


def _standing(person_id: UUID) -> tuple[bool, bool, bool, int]:
    """Return whether they have a card, an authenticator app, a passkey, and their number of sessions. One query."""
    mine = {"user_id": OuterRef("pk")}
    live = Session.objects.filter(person_id=OuterRef("pk"), expire_date__gt=clock.now()).order_by()
    has_card, has_app, has_passkey, sessions = User.objects.values_list(
        Exists(CardIdentity.objects.filter(**mine)),
        Exists(Authenticator.objects.filter(**mine, confirmed_at__isnull=False)),
        Exists(Passkey.objects.filter(**mine)),
        Subquery(live.values("person_id").annotate(number=Count("pk")).values("number")),
    ).get(pk=person_id)
    return has_card, has_app, has_passkey, sessions or 0
