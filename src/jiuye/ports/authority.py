"""Verification of a person's statements against the ministry's records (人社部数据核验): requested now, answered later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from jiuye.kernel import worlds
from jiuye.kernel.wiring import Port

CheckKind = Literal["identity", "employment", "education", "certificate"]
Outcome = Literal["verified", "mismatched", "no_record"]


class AuthorityError(Exception):
    """The authority gave no usable answer."""


class AuthorityUnavailable(AuthorityError):
    """It cannot be reached, is overloaded or refuses our credentials. The request may be sent again (its id makes repeats harmless)."""


class AuthorityRejected(AuthorityError):
    """It will never process this request. The message is for logs, not for users."""


class CallbackForged(AuthorityError):
    """A callback without a valid, fresh signature."""


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """One request. `id` is ours and makes repeats harmless; `claims` are the person's statements, by field name:

    identity: `phone` (optional); employment: `employer`, `start`, `end` (YYYY-MM, end empty: until now; start empty or
    missing: is the person insured there today?) and `credit_code` of the employer (optional); education:
    `school`, `level` (GB/T 4658 code), `end`; certificate: `title`, `number`, `issued` (YYYY-MM-DD, may be empty).
    The subject is always `name` and `id_number`. `repr` shows no personal data.
    """

    id: str
    kind: CheckKind
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    claims: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Difference:
    """A claim that differs from the records, by its name; `name` itself if the ID number is another person's.

    `recorded` is empty where the authority does not disclose it. The `end` of a current item is 至今 on either side.
    """

    name: str
    stated: str = field(repr=False)
    recorded: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """The result of the request `id`. `source` names the records used, in Chinese; `answered_at` is ISO 8601 with offset."""

    id: str
    outcome: Outcome
    source: str
    answered_at: str
    differences: tuple[Difference, ...] = ()


class VerificationAuthority(Protocol):
    """A records office. Calls take a few seconds at most, are thread-safe, and are never made inside a transaction."""

    def ask(self, request: CheckRequest) -> None:
        """Send the request; the answer comes by callback or `fetch`. Raise AuthorityUnavailable, AuthorityRejected."""
        ...

    def fetch(self, request_id: str) -> CheckAnswer | None:
        """Return the answer, None while it is pending. Raise AuthorityUnavailable, and AuthorityRejected for an unknown request."""
        ...

    def read_callback(self, *, headers: Mapping[str, str], body: bytes) -> CheckAnswer:
        """Return the answer in a callback after checking its signature and freshness. Raise CallbackForged."""
        ...


_port = Port[VerificationAuthority]("authority")


def get() -> VerificationAuthority:
    """Return the authority this process is wired to."""
    worlds.refuse_to_leave()
    return _port.get()
