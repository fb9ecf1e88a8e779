"""Ending sessions: one, the others, all."""

from uuid import UUID

from jiuye.domains.accounts.models import Session
from jiuye.kernel import audit
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound


def end_session(actor: Actor, *, handle: UUID) -> None:
    """Sign the actor out in the browser of that name; its next request finds nobody signed in. Raises `NotFound`."""
    ended, _ = Session.objects.filter(person_id=actor.person, handle=handle).delete()
    if not ended:
        raise NotFound
    audit.record(actor, "session.end", actor.person, sessions=ended)


def end_other_sessions(actor: Actor, *, session_key: str | None) -> int:
    """Sign the actor out everywhere but in the browser of `session_key` (None: there too). Returns how many ended."""
    ended, _ = Session.objects.filter(person_id=actor.person).exclude(session_key=session_key or "").delete()
    audit.record(actor, "session.end", actor.person, sessions=ended)
    return ended
