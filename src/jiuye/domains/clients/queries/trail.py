"""What a client did and read, from the audit log."""

from jiuye.kernel import audit
from jiuye.kernel.actor import Actor
from jiuye.kernel.audit import ClientEntry
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page


def trail_of(actor: Actor, *, cursor: str = "", size: int = 30) -> Page[ClientEntry]:
    """Return the audit entries of the calling client, newest first. One query. Raises `NotFound` for people."""
    if actor.client_id is None:
        raise NotFound
    return audit.of_client(actor.client_id, cursor=cursor, size=size)
