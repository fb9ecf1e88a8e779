"""Events of organisations."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class AgencyListingChanged(Event):
    """An agency's shop and postings became public, or ceased to be."""

    agency_id: UUID
    is_listed: bool


@dataclass(frozen=True)
class AffiliationChanged(Event):
    """An employer's affiliation with an agency took the transition `verb`, by `party` (agency, employer)."""

    affiliation_id: UUID
    employer_id: UUID
    agency_id: UUID
    verb: str
    party: str
