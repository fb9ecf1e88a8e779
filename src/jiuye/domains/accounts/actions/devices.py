"""End sessions: one, the others, or all."""

from uuid import UUID

from jiuye.domains.accounts.models import Session
from jiuye.kernel import audit
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound


def end_session(actor: Actor, *, handle: UUID) -> None:
    """Sign the actor out in that browser. Raises `NotFound`."""
    ended, _ = Session.objects.filter(person_id=actor.person, handle=handle).delete()
    if not ended:
        raise NotFound
    audit.record(actor, "session.end", actor.person, sessions=ended)


def end_other_sessions(actor: Actor, *, session_key: str | None) -> int:
    """Sign the actor out everywhere except in the browser of `session_key` (None: there too). Return the number of sessions."""
    ended, _ = Session.objects.filter(person_id=actor.person).exclude(session_key=session_key or "").delete()
    audit.record(actor, "session.end", actor.person, sessions=ended)
    return ended
