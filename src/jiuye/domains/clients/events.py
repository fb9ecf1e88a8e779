"""Events of API clients."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class ClientCreated(Event):
    """An owner created a client."""

    client_id: UUID
    agency_id: UUID
    mode: str


@dataclass(frozen=True)
class ClientRevoked(Event):
    """An owner revoked a client, and with it all its credentials."""

    client_id: UUID
    agency_id: UUID
