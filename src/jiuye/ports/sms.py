"""Sending text messages to phones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from jiuye.kernel.wiring import Port


class SmsError(Exception):
    """The message was not taken."""


class SmsUnavailable(SmsError):
    """The gateway cannot be reached, is overloaded, or does not accept our credentials: the same message may be sent
    again later (its id keeps it from arriving twice)."""


class SmsRejected(SmsError):
    """The gateway will not send this message, however often it is asked."""


class ReceiptForged(SmsError):
    """A delivery receipt without a valid, fresh signature."""


@dataclass(frozen=True, slots=True)
class SmsMessage:
    """A message to one phone.

    `id` is the sender's idempotency key: sending it again never makes a second message. `phone` is a mainland mobile
    number, E.164 or national. `template` and `params` are what template-bound gateways want; `text` is all of it,
    signature included. `repr` shows none of it, so that codes and numbers stay out of logs and tracebacks.
    """

    id: str
    phone: str = field(repr=False)
    template: str
    params: Mapping[str, str] = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SmsReceipt:
    """The gateway has taken the message (not: the phone has it); `provider_id` is its name there."""

    message_id: str
    provider_id: str


@dataclass(frozen=True, slots=True)
class SmsDelivery:
    """What became of a message that the gateway had taken, by the sender's id. `at` is ISO 8601 with offset."""

    message_id: str
    outcome: Literal["delivered", "failed"]
    at: str


class SmsSender(Protocol):
    """A gateway. Implementations bound the time they take (a few seconds) and may be shared between threads."""

    def send(self, message: SmsMessage) -> SmsReceipt:
        """Hand the message over. Raises SmsUnavailable (try again later) or SmsRejected (don't)."""
        ...

    def read_receipt(self, *, headers: Mapping[str, str], body: bytes) -> SmsDelivery:
        """The delivery that the gateway tells of by itself, its signature and freshness checked. Raises ReceiptForged.

        It may tell the same twice, and late.
        """
        ...

    def inbox_url(self, phone: str) -> str | None:
        """Where the messages to `phone` can be read in a browser; None for every gateway that sends real ones."""
        ...


_port = Port[SmsSender]("sms")


def get() -> SmsSender:
    """Return the gateway this process is wired to."""
    return _port.get()
