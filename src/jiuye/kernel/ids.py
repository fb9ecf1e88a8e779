"""Identifiers of rows."""

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """Return a UUIDv7 (RFC 9562): ordered by time, so that indexes grow at one end; 74 random bits, so that ids cannot be guessed."""
    return uuid_utils.compat.uuid7()


def id_in(text: str) -> UUID | None:
    """Return the UUID that `text` spells; None if it is not one."""
    try:
        return UUID(text)
    except ValueError:
        return None
