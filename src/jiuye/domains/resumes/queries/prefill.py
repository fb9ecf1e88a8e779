"""Prefill of the resume's head from the card."""

from dataclasses import dataclass

from jiuye.domains.accounts.queries import card_data
from jiuye.domains.reference import queries as reference
from jiuye.domains.resumes.queries.rows import load_view
from jiuye.kernel.actor import Actor
from jiuye.kernel.identifiers import mask_phone


@dataclass(frozen=True, slots=True)
class Offer:
    """One field: the present value and the card's, as values and as text."""

    field: str
    label: str
    present: str
    offered: str
    value: str

    @property
    def is_same(self) -> bool:
        return self.present == self.offered

    @property
    def is_empty(self) -> bool:
        """Whether the field is empty now."""
        return not self.present


def prefill_offers(actor: Actor) -> list[Offer] | None:
    """Return the card's values beside the present ones; None when no card is linked. Three queries."""
    card = card_data(actor)
    if card is None:
        return None
    view = load_view(actor.person)
    offers = []
    if card.name:
        offers.append(Offer("name", "姓名", view.name, card.name, card.name))
    if card.phone:
        offers.append(Offer("phone", "联系电话", mask_phone(view.phone), mask_phone(card.phone), card.phone))
    if card.birth_year:
        year = str(card.birth_year)
        present = f"{view.birth_year}年" if view.birth_year else ""
        offers.append(Offer("birth_year", "出生年份", present, f"{year}年", year))
    if reference.has_region(card.region):
        present = view.region.name if view.region else ""
        offers.append(Offer("region", "现居住地", present, reference.full_name(card.region), card.region))
    return offers
