"""Reads of saved searches for their owner."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from jiuye.alerts import stored
from jiuye.alerts.models import Finding, SavedSearch
from jiuye.alerts.states import Frequency
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.notifications.wishes import wishes_of
from jiuye.ports.search import SearchQuery


@dataclass(frozen=True, slots=True)
class SavedSearchView:
    """A saved search for its owner. `new` is the number of matching postings since it was last opened."""

    id: UUID
    name: str
    query: SearchQuery
    frequency: str
    frequency_label: str
    by_sms: bool
    new: int
    created_at: datetime


def saved_searches(actor: Actor) -> list[SavedSearchView]:
    """Return the actor's saved searches, newest first; at most `actions.MOST_A_PERSON`. One query."""
    since = Q(found_at__gt=Coalesce(OuterRef("opened_at"), OuterRef("created_at")))
    new = Finding.objects.filter(since, saved_search=OuterRef("pk")).values("saved_search").annotate(n=Sum("total"))
    rows = SavedSearch.objects.filter(user_id=actor.person).annotate(new=Subquery(new.values("n")))
    return [_view(row, row.new or 0) for row in rows.order_by("-created_at", "-id")]


def texts_are_off(actor: Actor) -> bool:
    """Return whether the actor has switched off text messages for all alerts, regardless of each search. One query."""
    return not wishes_of([actor.person])[actor.person].may_be_texted("alert.saved_search")


def get_for(actor: Actor, saved_search_id: UUID) -> SavedSearchView:
    """Return one of the actor's saved searches. Raise `NotFound`."""
    row = SavedSearch.objects.filter(pk=saved_search_id, user_id=actor.person).first()
    if row is None:
        raise NotFound
    return _view(row, 0)


def saved_search_count(actor: Actor) -> int:
    """Return the number of the actor's saved searches. One query."""
    return SavedSearch.objects.filter(user_id=actor.person).count()


def _view(row: SavedSearch, new: int) -> SavedSearchView:
    return SavedSearchView(
        id=row.pk,
        name=row.name,
        query=stored.read(row.criteria),
        frequency=row.frequency,
        frequency_label=Frequency(row.frequency).label,
        by_sms=row.by_sms,
        new=new,
        created_at=row.created_at,
    )
