"""Signing in with the electronic social security card (电子社保卡): in a partner's app, or by scanning a code.

Neither the ministry's channel protocol nor its web sign-in is publicly specified beyond a list of fields. What the
shipped adapter assumes is written down in docs/identity.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from jiuye.kernel import worlds
from jiuye.kernel.wiring import Port

QrState = Literal["waiting", "scanned", "approved", "refused", "expired"]


class IdentityError(Exception):
    """Nobody was identified. Nothing the provider sent may be used."""


class IdentityUnavailable(IdentityError):
    """The provider cannot be reached or sends invalid answers; a later attempt may succeed."""


class IdentityRefused(IdentityError):
    """The provider refuses: the person declined, the code was used before or expired, the card's level is too low.

    `reason` is `declined`, `expired`, `level` or `invalid`.
    """

    def __init__(self, reason: Literal["declined", "expired", "level", "invalid"], detail: str = "") -> None:
        super().__init__(detail or reason)
        self.reason = reason


class IdentityForged(IdentityError):
    """An answer that does not match our request: another state, nonce, issuer, audience, key or signature."""


@dataclass(frozen=True, slots=True)
class CardHolder:
    """A person as the card service knows them. `repr` shows no personal data.

    `subject` is the provider's permanent id of the person; `region` the issuing area, six digits (GB/T 2260); `level`
    what the person proved: 1 signed card, 2 payment-grade (the card's own levels); `authenticated_at` in seconds
    since 1970, UTC.
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
    """What the browser that asks must keep until the answer arrives (all secret except `url`)."""

    url: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class QrRequest:
    """A request to be scanned. `uri` is the QR code's content; `reference`, `nonce`, `verifier` stay on the server."""

    uri: str
    reference: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    seconds: int


@dataclass(frozen=True, slots=True)
class QrProgress:
    """The state of a scanned request; `code` only once, with `approved`."""

    state: QrState
    code: str = field(default="", repr=False)


class IdentityProvider(Protocol):
    """A card service. Calls take a few seconds at most, are thread-safe, and are never made inside a transaction."""

    def start(self, *, redirect_uri: str, channel: str, asks_consent: bool = False) -> Journey:
        """Return where to send the browser: on a phone the address opens its card app.

        `channel` is the partner app that the person came through, empty for our own pages. `asks_consent`: the holder is
        asked even if they agreed before. Raise IdentityUnavailable.
        """
        ...

    def finish(self, journey: Journey, *, answer: Mapping[str, str]) -> CardHolder:
        """Return the person, from the query of the redirect back. Raise IdentityForged, IdentityRefused, IdentityUnavailable."""
        ...

    def show_qr(self, *, match: str, seconds: int, device: str = "") -> QrRequest:
        """Return a new request to be scanned; the phone asks for the two digits `match` that our page shows.

        `device` describes the browser to the phone's holder. Raise IdentityUnavailable.
        """
        ...

    def follow_qr(self, reference: str) -> QrProgress:
        """Return the state of a request. Raise IdentityUnavailable."""
        ...

    def finish_qr(self, request: QrRequest, *, code: str) -> CardHolder:
        """Return the person who approved. Raises as `finish`."""
        ...

    def phone_url(self) -> str | None:
        """Return where a simulated phone can scan; None for a provider with real phones."""
        ...


_port = Port[IdentityProvider]("identity")


def get() -> IdentityProvider:
    """Return the provider this process is wired to."""
    worlds.refuse_to_leave()
    return _port.get()
