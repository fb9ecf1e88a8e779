"""The answer of the social-insurance register about the handler's employment."""

from collections.abc import Mapping
from uuid import UUID

from jiuye.domains.qualifications.facts import PERSON
from jiuye.domains.verification.queries import ItemState, employment_at


def insurance_answer(facts: Mapping[str, str], organisation_id: UUID) -> ItemState | None:
    """Return the status of the check that the item's handler agreed to; None if nobody did. One query."""
    person = facts.get(PERSON)
    return employment_at(UUID(person), organisation_id, for_owner=True) if person else None
