"""Events of postings."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class PostingsChanged(Event):
    """Postings took the transition `verb`, or were confirmed, edited or merged (`confirm`, `edit`, `merge`): every copy of
    them must be refreshed.
    """

    posting_ids: list[UUID]
    verb: str = ""


@dataclass(frozen=True)
class PostingsExpired(Event):
    """Postings of one agency passed their last day; a `PostingsChanged` is published as well."""

    agency_id: UUID
    posting_ids: list[UUID]


@dataclass(frozen=True)
class PostingReviewed(Event):
    """An operator decided on a held posting; `reason` is set if it was rejected."""

    posting_id: UUID
    agency_id: UUID
    title: str
    is_approved: bool
    reason: str


@dataclass(frozen=True)
class ImportStarted(Event):
    """An agency confirmed a sheet's import; the worker runs it."""

    batch_id: UUID


@dataclass(frozen=True)
class ImportFinished(Event):
    """A sheet's import ended, done or failed."""

    batch_id: UUID
    agency_id: UUID
    created_by_id: UUID


@dataclass(frozen=True)
class WishMade(Event):
    """An employer asked the agency to change a posting."""

    wish_id: UUID
    posting_id: UUID
    agency_id: UUID
    employer_id: UUID
    title: str


@dataclass(frozen=True)
class WishAnswered(Event):
    """The agency changed the posting, or declined with `answer` as the reason."""

    wish_id: UUID
    posting_id: UUID
    agency_id: UUID
    employer_id: UUID
    title: str
    is_done: bool
    answer: str
