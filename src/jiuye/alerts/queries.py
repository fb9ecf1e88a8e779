"""What people see of their saved searches."""

from collections.abc import Sequence
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
from jiuye.search.criteria import link
from jiuye.search.filters import chips


@dataclass(frozen=True, slots=True)
class SavedSearchView:
    """A saved search as its owner sees it; `new` postings came in since it was last opened."""

    id: UUID
    name: str
    conditions: Sequence[str]
    frequency: str
    frequency_label: str
    by_sms: bool
    new: int
    created_at: datetime


def saved_searches(actor: Actor) -> list[SavedSearchView]:
    """The actor's saved searches, newest first; at most `actions.MOST_A_PERSON`. One query."""
    since = Q(found_at__gt=Coalesce(OuterRef("opened_at"), OuterRef("created_at")))
    new = Finding.objects.filter(since, saved_search=OuterRef("pk")).values("saved_search").annotate(n=Sum("total"))
    rows = SavedSearch.objects.filter(user_id=actor.person).annotate(new=Subquery(new.values("n")))
    return [_view(row, row.new or 0) for row in rows.order_by("-created_at", "-id")]


def texts_are_off(actor: Actor) -> bool:
    """Whether the actor has switched off text messages for all alerts, whatever each search says. One query."""
    return not wishes_of([actor.person])[actor.person].may_be_texted("alert.saved_search")


def get_for(actor: Actor, saved_search_id: UUID) -> SavedSearchView:
    """One of the actor's saved searches. Raises `NotFound`."""
    row = SavedSearch.objects.filter(pk=saved_search_id, user_id=actor.person).first()
    if row is None:
        raise NotFound
    return _view(row, 0)


def saved_search_count(actor: Actor) -> int:
    """How many searches the actor keeps. One query."""
    return SavedSearch.objects.filter(user_id=actor.person).count()


def conditions(query: SearchQuery) -> list[str]:
    """A search in words: its words, then each condition as the list of jobs names it."""
    return [*([query.q] if query.q else []), *(label for label, _ in chips(query))]


def suggested_name(query: SearchQuery) -> str:
    """成都 焊工 5000-8000元: what the search is called unless its owner says otherwise."""
    return " ".join(conditions(query))[:60]


def address(query: SearchQuery) -> str:
    """Where the list of jobs shows a saved search, newest first."""
    return f"/jobs{link(query)}"


def _view(row: SavedSearch, new: int) -> SavedSearchView:
    query = stored.read(row.criteria)
    return SavedSearchView(
        id=row.pk,
        name=row.name,
        conditions=conditions(query),
        frequency=row.frequency,
        frequency_label=Frequency(row.frequency).label,
        by_sms=row.by_sms,
        new=new,
        created_at=row.created_at,
    )
