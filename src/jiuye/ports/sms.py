"""Sending text messages to phones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from jiuye.kernel import worlds
from jiuye.kernel.wiring import Port


class SmsError(Exception):
    """The gateway did not accept the message."""


class SmsUnavailable(SmsError):
    """The gateway cannot be reached, is overloaded, or refuses our credentials. The message may be sent again later (its
    id prevents a second delivery).
    """


class SmsRejected(SmsError):
    """The gateway will never send this message."""


class ReceiptForged(SmsError):
    """A delivery receipt without a valid, fresh signature."""


@dataclass(frozen=True, slots=True)
class SmsMessage:
    """A message to one phone.

    `id` is the idempotency key: sending it again never makes a second message. `phone` is a mainland mobile number,
    E.164 or national. `template` and `params` are for template-bound gateways; `text` is the full text with the
    signature. `repr` shows none of it, so that codes and numbers stay out of logs and tracebacks.
    """

    id: str
    phone: str = field(repr=False)
    template: str
    params: Mapping[str, str] = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SmsReceipt:
    """The gateway accepted the message (it is not delivered yet); `provider_id` is the gateway's id."""

    message_id: str
    provider_id: str


@dataclass(frozen=True, slots=True)
class SmsDelivery:
    """The delivery outcome of an accepted message, by the sender's id. `at` is ISO 8601 with offset."""

    message_id: str
    outcome: Literal["delivered", "failed"]
    at: str


class SmsSender(Protocol):
    """A gateway. Implementations bound the time of a call (a few seconds) and are thread-safe."""

    def send(self, message: SmsMessage) -> SmsReceipt:
        """Send the message. Raise SmsUnavailable (try again later) or SmsRejected (don't)."""
        ...

    def read_receipt(self, *, headers: Mapping[str, str], body: bytes) -> SmsDelivery:
        """Return the delivery report in a callback after checking its signature and freshness. Raise ReceiptForged.

        Reports may come twice, and late.
        """
        ...

    def inbox_url(self, phone: str) -> str | None:
        """Return where the messages to `phone` can be read in a browser; None for a gateway that sends real messages."""
        ...


_port = Port[SmsSender]("sms")


def get() -> SmsSender:
    """Return the gateway this process is wired to."""
    worlds.refuse_to_leave()
    return _port.get()
