"""Events of policies."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class PolicyPublished(Event):
    """A policy became public, for the first time or again; `region` is its division's code, empty for the whole country."""

    policy_id: UUID
    title: str
    region: str


@dataclass(frozen=True)
class PolicyWithdrawn(Event):
    """A policy is no longer public."""

    policy_id: UUID
    title: str
    reason: str
