"""What a seeker has kept of postings: saved ones and those looked at."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.models import BrowsingRecord, SavedJob
from jiuye.domains.jobs.queries.public import NEVER_PUBLIC, PostingCard, card_of_posting
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import SignInRequired
from jiuye.kernel.paging import Page, paginate

_PARTIES = ("posting__agency", "posting__employer")


@dataclass(frozen=True, slots=True)
class KeptPosting:
    """A posting in a seeker's list; `at` is when it was saved or last looked at. Closed ones stay: `card.is_open` says so."""

    card: PostingCard
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptCounts:
    """How many postings a seeker has saved and looked at."""

    saved: int
    browsed: int


def saved(actor: Actor, *, cursor: str = "", size: int = 20) -> Page[KeptPosting]:
    """The actor's saved postings, the latest first. One query."""
    rows = SavedJob.objects.filter(user_id=_person(actor)).select_related(*_PARTIES)
    rows = rows.exclude(posting__state__in=NEVER_PUBLIC)
    page = paginate(rows, ordering=("-saved_at", "-id"), cursor=cursor, size=size)
    return page.map(lambda row: KeptPosting(card_of_posting(row.posting), row.saved_at))


def browsed(actor: Actor, *, cursor: str = "", size: int = 20) -> Page[KeptPosting]:
    """The postings that the actor looked at, the latest first. One query."""
    rows = BrowsingRecord.objects.filter(user_id=_person(actor)).select_related(*_PARTIES)
    rows = rows.exclude(posting__state__in=NEVER_PUBLIC)
    page = paginate(rows, ordering=("-viewed_at", "-id"), cursor=cursor, size=size)
    return page.map(lambda row: KeptPosting(card_of_posting(row.posting), row.viewed_at))


def kept_counts(actor: Actor) -> KeptCounts:
    """The sizes of both lists. One query."""
    numbers = (
        User.objects.filter(pk=_person(actor))
        .values_list(Coalesce(_number_of(SavedJob), 0), Coalesce(_number_of(BrowsingRecord), 0))
        .first()
    )
    return KeptCounts(*numbers) if numbers else KeptCounts(0, 0)


def _number_of(model: type[SavedJob] | type[BrowsingRecord]) -> Subquery:
    rows = model.objects.filter(user_id=OuterRef("pk")).exclude(posting__state__in=NEVER_PUBLIC)
    return Subquery(rows.order_by().values("user").annotate(number=Count("pk")).values("number"))


def is_saved(actor: Actor, posting_id: UUID) -> bool:
    """Whether the actor keeps this posting. One query; nobody keeps anything."""
    if actor.person_id is None:
        return False
    return SavedJob.objects.filter(user_id=actor.person_id, posting_id=posting_id).exists()


def _person(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise SignInRequired
    return actor.person_id
