"""Text messages reach the gateway once, and wait while it is down."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import connection

from jiuye.domains.accounts.models import User
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.notifications import tasks
from jiuye.notifications.actions import Sms, notify
from jiuye.notifications.models import TextMessage
from jiuye.ports.sms import SmsMessage, SmsReceipt, SmsRejected, SmsUnavailable
from tests.factories.accounts import seeker

pytestmark = pytest.mark.django_db


@dataclass
class Gateway:
    """Records what it is sent, or raises its error."""

    sent: list[SmsMessage] = field(default_factory=list)
    trouble: Exception | None = None

    def send(self, message: SmsMessage) -> SmsReceipt:
        if self.trouble:
            raise self.trouble
        self.sent.append(message)
        return SmsReceipt(message.id, f"p-{message.id}")


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Gateway:
    """A gateway that records messages instead of sending them (the adapters are tested in tests/ports)."""
    gateway = Gateway()
    monkeypatch.setattr(tasks.sms, "get", lambda: gateway)
    return gateway


@pytest.fixture
def lin() -> User:
    return seeker()


@pytest.fixture
def message(lin: User) -> TextMessage:
    tell(lin)
    return TextMessage.objects.get()


def tell(user: User) -> None:
    """Put one message into the centre and one into the queue."""
    params = {"title": "电焊工", "agency": "蓉城职介", "interview_at": "11月25日 14:30"}
    notify(
        Actor.system(),
        user_ids=[user.pk],
        kind="seeker.invite",
        title="面试",
        dedupe_key="a",
        sms=Sms("seeker.invite", params, "a", [user.pk]),
    )


def jobs() -> int:
    """Return the number of jobs that wait to send a text message."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'send_text_message'")
        found: int = cursor.fetchone()[0]
    return found


def test_a_message_waits_with_its_job_and_a_repetition_adds_neither(lin: User) -> None:
    for _ in range(2):
        tell(lin)
    assert (TextMessage.objects.count(), jobs()) == (1, 1)


def test_it_is_sent_with_its_words_to_the_persons_phone(lin: User, message: TextMessage, gateway: Gateway) -> None:
    tasks.send_text_message(str(message.id))
    (sent,) = gateway.sent
    assert (sent.id, sent.phone, sent.template) == (str(message.id), lin.phone, "seeker_invite")
    assert sent.text == "【就业在线】蓉城职介邀请您面试“电焊工”，时间 11月25日 14:30。请登录就业在线答复。"
    message.refresh_from_db()
    assert message.sent_at is not None
    assert message.provider_id == f"p-{message.id}"


def test_running_the_job_again_sends_nothing(message: TextMessage, gateway: Gateway) -> None:
    for _ in range(2):
        tasks.send_text_message(str(message.id))
    assert len(gateway.sent) == 1


def test_a_gateway_that_is_down_is_tried_again_later(message: TextMessage, gateway: Gateway) -> None:
    gateway.trouble = SmsUnavailable("down")
    with pytest.raises(SmsUnavailable):
        tasks.send_text_message(str(message.id))
    message.refresh_from_db()
    assert (message.sent_at, message.failed_at) == (None, None)
    gateway.trouble = None
    tasks.send_text_message(str(message.id))
    assert len(gateway.sent) == 1


def test_a_refused_message_is_given_up(message: TextMessage, gateway: Gateway) -> None:
    gateway.trouble = SmsRejected("no such number")
    tasks.send_text_message(str(message.id))
    message.refresh_from_db()
    assert message.failed_at is not None


def test_old_news_is_not_sent(message: TextMessage, gateway: Gateway) -> None:
    with clock.frozen(clock.now() + timedelta(hours=25)):
        tasks.send_text_message(str(message.id))
    message.refresh_from_db()
    assert (gateway.sent, message.failed_at is not None) == ([], True)


def test_an_erased_person_is_left_alone(lin: User, message: TextMessage, gateway: Gateway) -> None:
    User.objects.filter(pk=lin.pk).update(erased_at=clock.now(), phone="", phone_index=None)
    tasks.send_text_message(str(message.id))
    assert gateway.sent == []


def test_a_gateway_that_is_down_is_tried_for_as_long_as_a_message_is_worth_sending() -> None:
    waits = sum(tasks.PATIENT.wait + tasks.PATIENT.linear_wait * n for n in range(tasks.PATIENT.max_attempts or 0))
    assert timedelta(seconds=waits) >= tasks.STALE
