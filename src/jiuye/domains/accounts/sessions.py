"""Who is signed in on this browser, and for which organisation they act.

A session holds the person's id and, for staff, the organisation they chose; roles are read anew on every request, so that an
ended membership ends its access at once.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from jiuye.domains.accounts.models import Membership
from jiuye.domains.accounts.session_store import PERSON
from jiuye.kernel.actor import Actor

ORGANISATIONS = "organisations"


def sign_in(request: HttpRequest, user_id: UUID) -> None:
    """Bind this browser to a person under a new session id (GB/T 22239-2019 §8.1.4.1; no session fixation)."""
    kept = {key: value for key, value in request.session.items() if key in ("draft",)}
    request.session.flush()
    request.session.update(kept)
    request.session[PERSON] = str(user_id)
    request.session.cycle_key()


def sign_out(request: HttpRequest) -> None:
    """Forget the person and everything the session held."""
    request.session.flush()


def choose_organisation(request: HttpRequest, kind: str, organisation_id: UUID) -> None:
    """Remember for which organisation of `kind` the person acts; whether they may is checked on every request."""
    chosen = dict(request.session.get(ORGANISATIONS, {}))
    chosen[kind] = str(organisation_id)
    request.session[ORGANISATIONS] = chosen


def actor_for_request(request: HttpRequest, kind: str) -> Actor:
    """The actor of a request to a route of staff of `kind` (empty: a route for the person as such).

    The session store answers with a living person's session only, so being signed in costs no query of its own.
    """
    ip = request.META.get("REMOTE_ADDR", "")
    person = request.session.get(PERSON)
    if not person:
        return Actor.anonymous(ip)
    if not kind:
        return Actor(person_id=UUID(person), ip=ip)
    return _staff(UUID(person), kind, request.session.get(ORGANISATIONS, {}).get(kind), ip)


def _staff(person: UUID, kind: str, chosen: Any, ip: str) -> Actor:
    memberships = list(
        Membership.objects.filter(user_id=person, user__erased_at=None, organisation_kind=kind, ended_at=None)
        .order_by("created_at")
        .values_list("organisation_id", "role")
    )
    if not memberships:
        return Actor(person_id=person, ip=ip)
    organisation, role = next((row for row in memberships if str(row[0]) == chosen), memberships[0])
    return Actor(person_id=person, organisation_id=organisation, organisation_kind=kind, role=role, ip=ip)
