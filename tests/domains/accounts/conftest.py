from dataclasses import dataclass, field

import pytest

from jiuye.domains.accounts import tasks
from jiuye.ports.sms import SmsMessage, SmsReceipt, SmsRejected, SmsUnavailable


@dataclass
class Outbox:
    """A gateway that keeps what it is given; `trouble` is raised instead while set."""

    sent: list[SmsMessage] = field(default_factory=list)
    trouble: SmsUnavailable | SmsRejected | None = None

    def send(self, message: SmsMessage) -> SmsReceipt:
        if self.trouble:
            raise self.trouble
        self.sent.append(message)
        return SmsReceipt(message.id, f"p-{message.id}")

    def inbox_url(self, phone: str) -> str | None:
        return None


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Outbox:
    """What the product sends, instead of sending it (the adapters are tested in tests/ports)."""
    outbox = Outbox()
    monkeypatch.setattr(tasks.sms, "get", lambda: outbox)
    return outbox
