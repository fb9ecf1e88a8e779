"""Events of organisations."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class EmployerRestricted(Event):
    """The restriction of an employer changed; `restriction` is the new one, empty for none."""

    employer_id: UUID
    restriction: str


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


@dataclass(frozen=True)
class MemberInvited(Event):
    """An owner invited a phone to become a member, or sent the invitation again."""

    invitation_id: UUID


@dataclass(frozen=True)
class MembershipRequested(Event):
    """A person asked to become a member."""

    request_id: UUID
    organisation_id: UUID
    organisation_kind: str
    person_id: UUID


@dataclass(frozen=True)
class MembershipRequestDecided(Event):
    """An owner accepted or refused a request."""

    request_id: UUID


@dataclass(frozen=True)
class MemberJoined(Event):
    """A person became a member by an invitation."""

    organisation_id: UUID
    organisation_kind: str
    person_id: UUID
    role: str


@dataclass(frozen=True)
class MembershipChanged(Event):
    """A member has another role now, or none (`role` is empty: the membership has ended)."""

    organisation_id: UUID
    organisation_kind: str
    person_id: UUID
    role: str


@dataclass(frozen=True)
class EmployersMerged(Event):
    """The record `merged_id`, called `merged_name`, became one with the survivor."""

    survivor_id: UUID
    merged_id: UUID
    merged_name: str


@dataclass(frozen=True)
class OrganisationEdited(Event):
    """What the postings of an agency, or for an employer, state about it changed."""

    organisation_id: UUID
    organisation_kind: str
