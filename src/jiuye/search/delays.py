"""How far the index is behind the postings, and whether it answers; for the status page."""

from datetime import datetime

from jiuye.ports import search
from jiuye.ports.search import SearchQuery, SearchUnavailable
from jiuye.search.models import PendingChange


def oldest_pending() -> datetime | None:
    """Return since when a change has been waiting for the index; None if none is. One query."""
    return PendingChange.objects.order_by("requested_at").values_list("requested_at", flat=True).first()


def answers() -> bool:
    """Return whether the engine answers a search. No query."""
    try:
        search.get().search(SearchQuery(size=1, highlight=False))
    except SearchUnavailable:
        return False
    return True
