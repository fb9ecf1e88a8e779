"""Identifiers of everything that has one."""

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): ordered by time, so indexes grow at one end; 74 random bits, so nobody guesses the next."""
    return uuid_utils.compat.uuid7()


def id_in(text: str) -> UUID | None:
    """Return the id that `text` writes; None for anything else, so that nonsense in an address or a form is left out."""
    try:
        return UUID(text)
    except ValueError:
        return None
