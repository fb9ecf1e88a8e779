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


@dataclass(frozen=True)
class QuotaNear(Event):
    """A client has used most of a limit (`bucket`: read, write or export)."""

    client_id: UUID
    agency_id: UUID
    bucket: str


@dataclass(frozen=True)
class EndpointSwitchedOff(Event):
    """An endpoint for webhooks was switched off by the platform; `host` is where it is, `reason` says why in words."""

    endpoint_id: UUID
    agency_id: UUID
    host: str
    reason: str
