"""Events of reviews."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class ShopReviewed(Event):
    """A person reviewed an agency, or changed their review."""

    review_id: UUID
    agency_id: UUID
    stars: int
    is_edited: bool


@dataclass(frozen=True)
class ReviewAnswered(Event):
    """The agency replied to a review for the first time."""

    review_id: UUID
    agency_id: UUID
    author_id: UUID
    agency_name: str


@dataclass(frozen=True)
class ReviewReportsDecided(Event):
    """An operator decided on a review's open reports: it is hidden, or stays."""

    review_id: UUID
    agency_id: UUID
    author_id: UUID
    agency_name: str
    reporter_ids: list[UUID]
    is_hidden: bool
    answer: str
