"""What a person does not want to see (不看), remembered for all their searches, alerts and recommendations."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from jiuye.domains.applications import queries as applications
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.ports.search import LEAVE_OUT, SearchQuery
from jiuye.search.models import LeaveOutList

MOST_APPLIED = 500
Wishes = Mapping[str, Any]
"""{name of `LEAVE_OUT` or `without_applied`: value}, without the values that leave out nothing."""


@transaction.atomic
def remember(actor: Actor, *, query: SearchQuery) -> None:
    """Remember what `query` leaves out, in place of what was remembered before; nothing if it leaves out nothing."""
    wishes = _wishes(query)
    if not wishes:
        LeaveOutList.objects.filter(user_id=actor.person).delete()
    else:
        row = {"wishes": wishes, "changed_at": clock.now()}
        LeaveOutList.objects.update_or_create(user_id=actor.person, defaults=row)
    audit.record(actor, "leave_out.remember", actor.person, count=len(wishes))


def remembered(actor: Actor) -> Wishes:
    """Return what the actor does not want to see; empty if they said nothing. One query, none for visitors."""
    if not actor.is_signed_in:
        return {}
    return LeaveOutList.objects.filter(user_id=actor.person).values_list("wishes", flat=True).first() or {}


def wishes_of(person: str) -> Subquery:
    """Return an expression for the wishes of the person in the column `person`; null for people who said nothing."""
    return Subquery(LeaveOutList.objects.filter(user_id=OuterRef(person)).order_by("pk").values("wishes")[:1])


def with_wishes(query: SearchQuery, wishes: Wishes) -> SearchQuery:
    """Return the search that leaves out what it names and what `wishes` name. Unknown names, of a later release, are ignored."""
    found: dict[str, Any] = {}
    for name in (*LEAVE_OUT, "without_applied"):
        if name not in wishes:
            continue
        own, value = getattr(query, name), wishes[name]
        if isinstance(value, list):
            found[name] = tuple(dict.fromkeys((*own, *value)))
        elif isinstance(value, bool):
            found[name] = own or value
        else:
            found[name] = value if own is None else min(own, value)
    return replace(query, **found)


def without_applied(actor: Actor, query: SearchQuery) -> SearchQuery:
    """Return the search without the postings that the actor applied to last, if it asks for that. One query then."""
    if not query.without_applied or not actor.is_signed_in:
        return replace(query, without_applied=False) if query.without_applied else query
    return replace(query, exclude=applications.applied_postings(actor, limit=MOST_APPLIED))


def _wishes(query: SearchQuery) -> dict[str, Any]:
    values = {name: getattr(query, name) for name in LEAVE_OUT}
    kept = {
        name: sorted(set(value)) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value != LEAVE_OUT[name]
    }
    return {**kept, "without_applied": True} if query.without_applied else kept
