"""The status of a person's second factor."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyotp

from jiuye.domains.accounts.models import Authenticator, Passkey, RecoveryCode, User
from jiuye.domains.accounts.phones import parse_mobile, phone_index
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound

ISSUER = "就业在线"


@dataclass(frozen=True, slots=True)
class PasskeyView:
    """One passkey, with the name its owner gave it."""

    id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class SecondFactorView:
    """A person's second factors: since when the authenticator app counts, passkeys, and unused recovery codes."""

    authenticator_since: datetime | None
    passkeys: list[PasskeyView]
    recovery_codes_left: int

    @property
    def is_on(self) -> bool:
        return self.authenticator_since is not None or bool(self.passkeys)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """An authenticator app being set up: the secret in groups of four for typing, and the content of the QR code."""

    typed: str
    uri: str


def second_factor(actor: Actor) -> SecondFactorView:
    """Return the actor's own. Three queries."""
    person = actor.person
    since = Authenticator.objects.filter(user_id=person).values_list("confirmed_at", flat=True).first()
    rows = Passkey.objects.filter(user_id=person).order_by("created_at", "id")
    passkeys = [PasskeyView(one.id, one.name, one.created_at, one.last_used_at) for one in rows.defer("public_key")]
    left = RecoveryCode.objects.filter(user_id=person, used_at=None).count()
    return SecondFactorView(since, passkeys, left)


def has_second_factor(person_id: UUID) -> bool:
    """Return whether the person has set one up and must pass it. One query."""
    apps = Authenticator.objects.filter(user_id=person_id, confirmed_at__isnull=False).values("user_id")
    return apps.union(Passkey.objects.filter(user_id=person_id).values("user_id")).exists()


def person_by_phone(phone: str) -> UUID:
    """Return the living account with this number; for operations, never for pages. Raises `Invalid` (no number), `NotFound`."""
    found: UUID | None = (
        User.objects.filter(phone_index=phone_index(parse_mobile(phone))).values_list("id", flat=True).first()
    )
    if found is None:
        raise NotFound
    return found


def enrolment(actor: Actor) -> Enrolment | None:
    """Return the app that the actor has begun to set up but not confirmed; a confirmed secret is never shown again."""
    row = Authenticator.objects.filter(user_id=actor.person, confirmed_at=None).first()
    if row is None:
        return None
    phone = User.objects.values_list("phone", flat=True).get(pk=actor.person)
    uri = pyotp.TOTP(row.secret).provisioning_uri(name=f"{phone[:3]}****{phone[-4:]}", issuer_name=ISSUER)
    typed = " ".join(row.secret[start : start + 4] for start in range(0, len(row.secret), 4))
    return Enrolment(typed, uri)
