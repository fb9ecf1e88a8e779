"""A person's legal identity, and their card's data."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from jiuye.domains.accounts.models import CardIdentity, RealName
from jiuye.domains.accounts.states import RealNameSource
from jiuye.kernel.actor import Actor
from jiuye.kernel.identifiers import mask_name, mask_resident_id


@dataclass(frozen=True, slots=True)
class RealNameView:
    """A person's own real name, masked."""

    name: str
    id_number: str
    source: str
    verified_at: datetime
    is_from_card: bool


@dataclass(frozen=True, slots=True)
class LegalPerson:
    """A verified name and ID number in full, for the domains that query the authority; never for a page."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CardData:
    """The data of a person's card, for filling in forms. `phone`: 11 digits, `region`: six (GB/T 2260), or empty."""

    name: str = field(repr=False)
    phone: str = field(repr=False)
    region: str = field(repr=False)
    birth_year: int | None = field(repr=False)


def real_name(actor: Actor) -> RealNameView | None:
    """Return the actor's own real name, or None. One query."""
    row = RealName.objects.filter(pk=actor.person).first()
    if row is None:
        return None
    return RealNameView(
        mask_name(row.name),
        mask_resident_id(row.id_number),
        str(RealNameSource(row.source).label),
        row.verified_at,
        is_from_card=row.source == RealNameSource.CARD,
    )


def legal_person(person_id: UUID) -> LegalPerson | None:
    """Return name and ID number in full; None if the person has no real name. One query."""
    row = RealName.objects.filter(pk=person_id).first()
    return LegalPerson(row.name, row.id_number) if row else None


def has_card(actor: Actor) -> bool:
    """Return whether the actor has linked a card. One query."""
    return CardIdentity.objects.filter(pk=actor.person).exists()


def card_data(actor: Actor) -> CardData | None:
    """Return the actor's card data; None if no card is linked. Two queries."""
    card = CardIdentity.objects.filter(pk=actor.person).first()
    if card is None:
        return None
    named = RealName.objects.filter(pk=actor.person).first()
    return CardData(
        name=named.name if named else "",
        phone=card.phone,
        region=card.region,
        birth_year=int(named.id_number[6:10]) if named else None,
    )
