"""What queries return."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import orjson

from jiuye.webhooks import signing
from jiuye.webhooks.states import PROBLEMS, EndpointState, MessageState, OffReason


@dataclass(frozen=True, slots=True)
class EndpointRow:
    """An endpoint. `types` empty: all. `client_name` empty: of the agency."""

    id: UUID
    url: str
    description: str
    mode: str
    client_id: UUID | None
    client_name: str
    types: tuple[str, ...]
    state: str
    off_reason: str
    failing_since: datetime | None
    last_success_at: datetime | None
    last_failure_at: datetime | None
    hold_until: datetime | None
    waiting: int
    created_at: datetime
    former_secret_until: datetime | None

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(EndpointState(self.state).label)

    @property
    def off_label(self) -> str:
        """Why it is off, in words."""
        return str(OffReason(self.off_reason).label)

    @property
    def is_failing(self) -> bool:
        """Whether the last attempt failed."""
        return self.failing_since is not None


@dataclass(frozen=True, slots=True)
class Health:
    """Deliveries of the last day. `milliseconds`: the mean time of a call; None without calls."""

    delivered: int
    failed_attempts: int
    milliseconds: int | None


@dataclass(frozen=True, slots=True)
class DeliveryFilter:
    """What to list. Empty: everything."""

    state: str = ""
    type: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message in a list. `message_id`: as the receiver sees it."""

    id: UUID
    message_id: str
    type: str
    sequence: int
    state: str
    attempts: int
    last_status: int | None
    last_problem: str
    occurred_at: datetime
    created_at: datetime
    due_at: datetime | None

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(MessageState(self.state).label)

    @property
    def result(self) -> str:
        """The result of the last attempt in words; empty before the first."""
        if self.last_status is not None:
            return f"HTTP {self.last_status}"
        return PROBLEMS.get(self.last_problem, "")


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """An attempt. `headers`: what was sent, with the time stamp and signature of this attempt."""

    started_at: datetime
    milliseconds: int
    status: int | None
    problem: str
    answer: str
    url: str
    headers: Mapping[str, str]

    @property
    def problem_label(self) -> str:
        """Why there is no answer, in words."""
        return PROBLEMS.get(self.problem, "")

    @property
    def is_good(self) -> bool:
        """Whether the receiver took it."""
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class DeliveryDetail:
    """A message with its body and attempts, newest first."""

    row: Delivery
    body: str
    attempts: tuple[AttemptRow, ...] = field(default=())

    @property
    def pretty_body(self) -> str:
        """The body for people, indented."""
        return orjson.dumps(orjson.loads(self.body), option=orjson.OPT_INDENT_2).decode()


@dataclass(frozen=True, slots=True)
class ReplayRow:
    """A replay and its progress: `queued` messages so far, of which `waiting` have not been delivered or given up yet."""

    id: UUID
    since: datetime
    until: datetime
    types: tuple[str, ...]
    only_failed: bool
    queued: int
    waiting: int
    is_done: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """An endpoint with its last day, its newest messages, and a replay that is under way."""

    endpoint: EndpointRow
    health: Health
    newest: Sequence[Delivery]
    replay: ReplayRow | None


@dataclass(frozen=True, slots=True)
class ClientChoice:
    """A client of the agency whose test data an endpoint may be for."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class SignatureCheck:
    """What fits which signature. `age_seconds`: of the time stamp; None if it is none. `is_fresh`: within five minutes."""

    signatures: tuple[signing.Checked, ...]
    age_seconds: int | None

    @property
    def is_fresh(self) -> bool:
        """Whether receivers should accept the time stamp now."""
        return self.age_seconds is not None and abs(self.age_seconds) <= signing.TOLERANCE

    @property
    def fits(self) -> bool:
        """Whether any signature fits."""
        return any(one.fits for one in self.signatures)
