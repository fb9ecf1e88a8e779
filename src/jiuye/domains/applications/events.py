"""Events of applications."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class ApplicationAdvanced(Event):
    """An application took the transition `verb` (“submit” creates it), by `party`."""

    application_id: UUID
    application_event_id: UUID
    posting_id: UUID
    applicant_id: UUID
    agency_id: UUID
    verb: str
    party: str
    to_state: str


@dataclass(frozen=True)
class ConsentWithdrawn(Event):
    """An applicant withdrew the consent under which an application's resume was disclosed."""

    application_id: UUID
    posting_id: UUID
    agency_id: UUID


@dataclass(frozen=True)
class ResumesErased(Event):
    """An account was erased, and with it the resumes that had been sent to an agency."""

    agency_id: UUID
    application_ids: list[UUID]


@dataclass(frozen=True)
class InvitedToApply(Event):
    """An agency that found a resume invited its owner to apply to one of its postings."""

    invitation_id: UUID
    user_id: UUID
    posting_id: UUID
    agency_id: UUID


@dataclass(frozen=True)
class OpinionGiven(Event):
    """An employer gave the agency its opinion on an applicant."""

    opinion_id: UUID
    application_id: UUID
    agency_id: UUID
    verdict: str
