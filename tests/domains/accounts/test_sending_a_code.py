"""The worker's part: handing the code to the gateway, once, as long as it is worth sending."""

from datetime import timedelta
from uuid import UUID

import pytest

from jiuye.domains.accounts import queries
from jiuye.domains.accounts.models import LoginCode
from jiuye.domains.accounts.states import CodeDelivery
from jiuye.domains.accounts.tasks import UNTIL_EXPIRY, send_login_code
from jiuye.kernel import clock
from jiuye.ports.sms import SmsRejected, SmsUnavailable
from tests.domains.accounts.asking import BROWSER, OTHER_BROWSER, PHONE, ask, check, code_of, job
from tests.domains.accounts.conftest import Outbox

pytestmark = pytest.mark.django_db


def work(code_id: UUID) -> None:
    send_login_code(**job(code_id))


def reached(code_id: UUID, binding: str = BROWSER) -> CodeDelivery | None:
    return queries.code_delivery(code_id=code_id, binding=binding)


def test_the_message_carries_the_code_and_warns_against_telling_it(gateway: Outbox) -> None:
    code_id = ask()
    work(code_id)

    [message] = gateway.sent
    assert (message.id, message.phone) == (str(code_id), PHONE)
    assert message.params["code"] == code_of(code_id)
    assert message.text.startswith("【就业在线】登录验证码")
    assert code_of(code_id) in message.text
    assert "请勿告诉任何人" in message.text


def test_a_code_is_handed_over_once_however_often_its_job_runs(gateway: Outbox) -> None:
    code_id = ask()
    work(code_id)
    work(code_id)

    assert len(gateway.sent) == 1
    assert reached(code_id) == CodeDelivery.SENT


def test_while_the_gateway_is_down_the_job_is_tried_again_and_people_are_told(gateway: Outbox) -> None:
    code_id = ask()
    assert reached(code_id) == CodeDelivery.QUEUED

    gateway.trouble = SmsUnavailable("down")
    with pytest.raises(SmsUnavailable):
        work(code_id)
    assert reached(code_id) == CodeDelivery.DELAYED

    gateway.trouble = None
    work(code_id)
    assert reached(code_id) == CodeDelivery.SENT


def test_a_gateway_that_is_down_lets_nobody_in(gateway: Outbox) -> None:
    gateway.trouble = SmsUnavailable("down")
    code_id = ask()
    with pytest.raises(SmsUnavailable):
        work(code_id)

    assert LoginCode.objects.get(pk=code_id).used_at is None
    assert check(code_of(code_id)), "the code stays valid for a later receiver"


def test_a_refused_number_is_not_tried_again(gateway: Outbox) -> None:
    gateway.trouble = SmsRejected("no such number")
    code_id = ask()
    work(code_id)

    assert reached(code_id) == CodeDelivery.REFUSED


def test_an_expired_code_is_not_sent(gateway: Outbox) -> None:
    code_id = ask()
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        work(code_id)

    assert gateway.sent == []


def test_a_used_code_is_not_sent(gateway: Outbox) -> None:
    code_id = ask()
    check(code_of(code_id))
    work(code_id)

    assert gateway.sent == []


def test_retries_go_on_for_as_long_as_a_code_lives() -> None:
    waits = [
        UNTIL_EXPIRY.wait + UNTIL_EXPIRY.linear_wait * attempt for attempt in range(UNTIL_EXPIRY.max_attempts or 0)
    ]

    assert sum(waits) >= 300


def test_only_the_browser_that_asked_learns_how_far_the_message_is() -> None:
    assert reached(ask(), OTHER_BROWSER) is None
