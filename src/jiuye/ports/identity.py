"""Signing in with the electronic social security card (电子社保卡): in a partner's app, or by scanning a code.

Neither the ministry's channel protocol nor its web sign-in is publicly specified beyond a list of fields; what the shipped
adapter assumes instead is written down in docs/identity.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from jiuye.kernel.wiring import Port

QrState = Literal["waiting", "scanned", "approved", "refused", "expired"]


class IdentityError(Exception):
    """Nobody was identified. Nothing may be concluded from what the provider sent."""


class IdentityUnavailable(IdentityError):
    """The provider cannot be reached or does not answer sensibly: trying again later may help."""


class IdentityRefused(IdentityError):
    """The provider says no: the person declined, the code was used before or is too old, the card's level is too low.

    `reason` is `declined`, `expired`, `level` or `invalid`.
    """

    def __init__(self, reason: Literal["declined", "expired", "level", "invalid"], detail: str = "") -> None:
        super().__init__(detail or reason)
        self.reason = reason


class IdentityForged(IdentityError):
    """An answer that does not belong to our question: another state, nonce, issuer, audience, key or signature."""


@dataclass(frozen=True, slots=True)
class CardHolder:
    """A person as the card service knows them. `repr` shows nothing personal.

    `subject` is the provider's lasting name for the person; `region` the issuing area, six digits (GB/T 2260); `level` what
    the person proved: 1 signed card, 2 payment-grade (the card's own levels); `authenticated_at` in seconds since 1970, UTC.
    """

    issuer: str
    subject: str = field(repr=False)
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    phone: str = field(repr=False)
    region: str
    level: int
    authenticated_at: int


@dataclass(frozen=True, slots=True)
class Journey:
    """What must be remembered between our question and the answer, in the asking browser only (all secret but `url`)."""

    url: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class QrRequest:
    """A request to be scanned. `uri` is what the picture says; `reference`, `nonce`, `verifier` stay with us."""

    uri: str
    reference: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    seconds: int


@dataclass(frozen=True, slots=True)
class QrProgress:
    """How far a scanned request is; `code` only once, with `approved`."""

    state: QrState
    code: str = field(default="", repr=False)


class IdentityProvider(Protocol):
    """A card service. Calls take a few seconds at most and may be made from several threads; none is made in a transaction."""

    def start(self, *, redirect_uri: str, channel: str) -> Journey:
        """Where to send the browser of a person who came through `channel`. Raises IdentityUnavailable."""
        ...

    def finish(self, journey: Journey, *, answer: Mapping[str, str]) -> CardHolder:
        """Who answered, from the query of the redirect back. Raises IdentityForged, IdentityRefused, IdentityUnavailable."""
        ...

    def show_qr(self, *, match: str, seconds: int, device: str = "") -> QrRequest:
        """A new request to be scanned; the phone asks for the two digits `match` that our page shows.

        `device` is what the phone tells its holder about the browser that would be signed in. Raises IdentityUnavailable.
        """
        ...

    def follow_qr(self, reference: str) -> QrProgress:
        """How far the request is. Raises IdentityUnavailable."""
        ...

    def finish_qr(self, request: QrRequest, *, code: str) -> CardHolder:
        """Who approved. Raises as `finish`."""
        ...

    def phone_url(self) -> str | None:
        """Where a simulated phone can scan; None for every provider with real phones."""
        ...


_port = Port[IdentityProvider]("identity")


def get() -> IdentityProvider:
    """Return the provider this process is wired to."""
    return _port.get()
