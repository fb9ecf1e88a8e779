"""Checking what a person states against the ministry's records (人社部数据核验): asked now, answered later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from jiuye.kernel.wiring import Port

CheckKind = Literal["identity", "employment", "education", "certificate"]
Outcome = Literal["verified", "mismatched", "no_record"]


class AuthorityError(Exception):
    """The authority gave no usable answer."""


class AuthorityUnavailable(AuthorityError):
    """It cannot be reached, is overloaded or refuses our credentials: the same request may be sent again (its id keeps it one)."""


class AuthorityRejected(AuthorityError):
    """It will not look into this request, however often it is asked. The message is for logs, never for people."""


class CallbackForged(AuthorityError):
    """A callback without a valid, fresh signature."""


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """One question. `id` is ours and makes repeats harmless; `claims` are what the person states, by field name:

    identity: `phone` (optional); employment: `employer`, `start`, `end` (YYYY-MM, end empty: until now); education: `school`,
    `level` (GB/T 4658 code), `end`; certificate: `title`, `number`, `issued` (YYYY-MM-DD, may be empty).
    The subject is always `name` and `id_number`. `repr` shows nothing personal.
    """

    id: str
    kind: CheckKind
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    claims: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Difference:
    """A claim that the records tell otherwise, by its name; `name` itself when the ID number is another person's.

    `recorded` is empty where the authority does not disclose it. The `end` of what goes on is 至今 on either side.
    """

    name: str
    stated: str = field(repr=False)
    recorded: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """The result of the request `id`. `source` names the records looked at, in Chinese; `answered_at` ISO 8601 with offset."""

    id: str
    outcome: Outcome
    source: str
    answered_at: str
    differences: tuple[Difference, ...] = ()


class VerificationAuthority(Protocol):
    """A records office. Calls take a few seconds at most and may be made from several threads; none is made in a transaction."""

    def ask(self, request: CheckRequest) -> None:
        """Hand the question over; the answer comes by callback or `fetch`. Raises AuthorityUnavailable, AuthorityRejected."""
        ...

    def fetch(self, request_id: str) -> CheckAnswer | None:
        """The answer, None while it is pending. Raises AuthorityUnavailable, and AuthorityRejected for an unknown request."""
        ...

    def read_callback(self, *, headers: Mapping[str, str], body: bytes) -> CheckAnswer:
        """The answer a callback carries, its signature and freshness checked. Raises CallbackForged."""
        ...


_port = Port[VerificationAuthority]("authority")


def get() -> VerificationAuthority:
    """Return the authority this process is wired to."""
    return _port.get()
