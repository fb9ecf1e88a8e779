"""Aliyun's sender only; the contract of every sender is in `test_sms.py`."""

import builtins
from collections.abc import Iterator
from typing import Any

import pytest

from jiuye.adapters.circuit_breaker import CircuitBreaker
from jiuye.adapters.sms_aliyun import AliyunSmsSender
from jiuye.ports.sms import ReceiptForged, SmsRejected, SmsUnavailable
from tests.factories.aliyun import KEY_ID, SECRET, SIGN_NAME, AliyunGateway, running_aliyun
from tests.ports.test_sms import message


@pytest.fixture(scope="module")
def service() -> Iterator[AliyunGateway]:
    with running_aliyun() as running:
        yield running


@pytest.fixture
def gateway(service: AliyunGateway) -> Iterator[AliyunGateway]:
    yield service
    service.release()


def sender(gateway: AliyunGateway, **changes: Any) -> AliyunSmsSender:
    usual: dict[str, Any] = {
        "access_key_id": KEY_ID,
        "access_key_secret": SECRET,
        "sign_name": SIGN_NAME,
        "templates": {"login_code": "SMS_100"},
        "endpoint": gateway.endpoint,
        "is_secure": False,
    }
    return AliyunSmsSender(**{**usual, **changes})


def test_our_id_travels_as_out_id_with_signature_and_template(gateway: AliyunGateway) -> None:
    sent = message(phone="+8619900000021")

    sender(gateway).send(sent)

    heard = gateway.sent[-1]
    assert heard == {
        "PhoneNumbers": "19900000021",
        "SignName": "就业在线",
        "TemplateCode": "SMS_100",
        "TemplateParam": '{"code":"483920"}',
        "OutId": sent.id,
    }


@pytest.mark.parametrize(
    "code", ["isv.MOBILE_NUMBER_ILLEGAL", "isv.TEMPLATE_MISSING_PARAMETERS", "isv.SMS_SIGNATURE_ILLEGAL"]
)
def test_what_is_wrong_with_the_message_is_rejected(gateway: AliyunGateway, code: str) -> None:
    gateway.code = code

    with pytest.raises(SmsRejected, match=code):
        sender(gateway).send(message())


@pytest.mark.parametrize(
    "code",
    [
        "isv.BUSINESS_LIMIT_CONTROL",
        "isv.OUT_OF_SERVICE",
        "isv.AMOUNT_NOT_ENOUGH",
        "isp.SYSTEM_ERROR",
        "Throttling.User",
        "a code of tomorrow",
    ],
)
def test_what_passes_is_unavailable(gateway: AliyunGateway, code: str) -> None:
    gateway.code = code

    with pytest.raises(SmsUnavailable, match=code):
        sender(gateway).send(message())


def test_a_wrong_secret_is_unavailable_for_it_can_be_put_right(gateway: AliyunGateway) -> None:
    with pytest.raises(SmsUnavailable, match="SignatureDoesNotMatch"):
        sender(gateway, access_key_secret="another").send(message())


def test_a_template_without_a_code_is_rejected_without_asking(gateway: AliyunGateway) -> None:
    asked = len(gateway.calls)

    with pytest.raises(SmsRejected, match="SMS_ALIYUN_TEMPLATES"):
        sender(gateway, templates={}).send(message())

    assert len(gateway.calls) == asked


def test_flow_control_of_one_number_does_not_stop_the_others(gateway: AliyunGateway) -> None:
    one = sender(gateway, breaker=CircuitBreaker(failures=1))
    gateway.code = "isv.BUSINESS_LIMIT_CONTROL"
    with pytest.raises(SmsUnavailable):
        one.send(message())
    gateway.release()

    assert one.send(message(phone="19900000022")).provider_id


def test_a_service_that_is_down_is_left_alone_for_a_while(gateway: AliyunGateway) -> None:
    one = sender(gateway, breaker=CircuitBreaker(failures=1))
    gateway.press(outage=1)
    with pytest.raises(SmsUnavailable):
        one.send(message())
    gateway.release()

    with pytest.raises(SmsUnavailable, match="not asked again yet"):
        one.send(message())


def test_a_message_whose_answer_was_lost_is_looked_up_before_it_is_sent_again(gateway: AliyunGateway) -> None:
    one, sent = sender(gateway), message(phone="19900000023")
    gateway.press(mute=1)
    with pytest.raises(SmsUnavailable):
        one.send(sent)
    gateway.release()

    assert one.send(sent).message_id == sent.id
    assert len(gateway.messages("19900000023")) == 1


def test_a_message_that_never_arrived_is_sent_after_looking(gateway: AliyunGateway) -> None:
    one, sent = sender(gateway), message(phone="19900000024")
    gateway.press(slow=3, outage=1)
    with pytest.raises(SmsUnavailable):
        one.send(sent)
    gateway.release()

    assert one.send(sent).provider_id
    assert len(gateway.messages("19900000024")) == 1


def test_numbers_and_codes_stay_out_of_its_errors(gateway: AliyunGateway) -> None:
    gone = sender(gateway, endpoint="127.0.0.1:9")

    with pytest.raises(SmsUnavailable) as caught:
        gone.send(message(phone="19900000025"))

    assert not any(secret in str(caught.value) for secret in ("19900000025", "483920"))
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_its_unsigned_reports_are_not_believed(gateway: AliyunGateway) -> None:
    with pytest.raises(ReceiptForged):
        sender(gateway).read_receipt(headers={}, body=b'[{"out_id": "m-1", "success": true}]')


def test_without_the_extra_it_says_what_to_install(gateway: AliyunGateway, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("alibabacloud"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)

    with pytest.raises(RuntimeError, match=r"jiuye\[aliyun\]"):
        sender(gateway)
