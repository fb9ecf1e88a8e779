"""Text messages through Aliyun's SMS service (短信服务, API 2017-05-25), by its SDK: the optional extra `aliyun`."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from jiuye.adapters.circuit_breaker import CircuitBreaker
from jiuye.kernel import clock
from jiuye.ports.sms import (
    ReceiptForged,
    SmsDelivery,
    SmsMessage,
    SmsReceipt,
    SmsRejected,
    SmsSender,
    SmsUnavailable,
)

# Milliseconds. A call may take the sum of both.
CONNECT, READ = 1000, 2500
REMEMBERED = 10_000

# Error codes that concern this message only; all others concern the service or our account, or may pass.
_REFUSED = frozenset(
    f"isv.{reason}"
    for reason in (
        "BLACK_KEY_CONTROL_LIMIT",
        "DOMESTIC_NUMBER_NOT_SUPPORTED",
        "INVALID_JSON_PARAM",
        "INVALID_PARAMETERS",
        "MOBILE_COUNT_OVER_LIMIT",
        "MOBILE_NUMBER_ILLEGAL",
        "PARAM_LENGTH_LIMIT",
        "PARAM_NOT_SUPPORT_URL",
        "SMS_CONTENT_ILLEGAL",
        "SMS_SIGNATURE_ILLEGAL",
        "SMS_TEMPLATE_ILLEGAL",
        "TEMPLATE_MISSING_PARAMETERS",
        "TEMPLATE_PARAMS_ILLEGAL",
    )
)
# The number's limit for the minute, the hour or the day is reached: says nothing about the service.
_FLOW_CONTROL = frozenset({"isv.BUSINESS_LIMIT_CONTROL", "isv.DAY_LIMIT_CONTROL"})


class _Crowded(SmsUnavailable):
    """Flow control of one number."""


class _Unheard(SmsUnavailable):
    """It is unknown whether the message was accepted."""


class AliyunSmsSender(SmsSender):
    """`SendSms` with our message id as `OutId`.

    `templates` maps our template names to the service's codes (`SMS_…`), approved there with the same parameters;
    `sign_name` is the approved signature. `endpoint` and `is_secure` are changed by tests only.

    The service has no idempotency key. This process does not send again what it has sent, and after a call with no
    response it first queries whether the service has the message. Only a process that dies between sending and
    remembering can send a text twice.
    """

    def __init__(
        self,
        *,
        access_key_id: str,
        access_key_secret: str,
        sign_name: str,
        templates: Mapping[str, str],
        endpoint: str = "dysmsapi.aliyuncs.com",
        is_secure: bool = True,
        breaker: CircuitBreaker | None = None,
    ) -> None:
        """Raise RuntimeError if the SDK is not installed."""
        try:
            from alibabacloud_dysmsapi20170525 import models
            from alibabacloud_dysmsapi20170525.client import Client
            from alibabacloud_tea_openapi.models import Config
            from darabonba.runtime import RuntimeOptions
        except ImportError as missing:
            raise RuntimeError("SMS_ADAPTER names Aliyun's sender: install the extra `jiuye[aliyun]`") from missing
        protocol = "HTTPS" if is_secure else "HTTP"
        self._client = Client(
            Config(
                access_key_id=access_key_id, access_key_secret=access_key_secret, endpoint=endpoint, protocol=protocol
            )
        )
        self._models = models
        self._runtime = RuntimeOptions(connect_timeout=CONNECT, read_timeout=READ, autoretry=False)
        self._sign_name = sign_name
        self._templates = dict(templates)
        self._breaker = breaker or CircuitBreaker()
        self._lock = threading.Lock()
        self._taken: OrderedDict[str, SmsReceipt] = OrderedDict()
        self._unheard: set[str] = set()

    def send(self, message: SmsMessage) -> SmsReceipt:
        """See `SmsSender.send`."""
        if message.template not in self._templates:
            raise SmsRejected(f"no template code for {message.template}: see SMS_ALIYUN_TEMPLATES")
        with self._lock:
            known = self._taken.get(message.id)
        if known:
            return known
        if not self._breaker.admits():
            raise SmsUnavailable("the SMS service was down a moment ago; not asked again yet")
        try:
            receipt = self._handed_over(message)
        except (SmsRejected, _Crowded):
            self._breaker.succeeded()
            raise
        except SmsUnavailable as fault:
            self._breaker.failed()
            if isinstance(fault, _Unheard):
                self._unheard.add(message.id)
            raise
        self._breaker.succeeded()
        self._remember(receipt)
        return receipt

    def read_receipt(self, *, headers: Mapping[str, str], body: bytes) -> SmsDelivery:
        """Raise ReceiptForged: the service's reports (SmsReport) carry no signature, so none is accepted."""
        raise ReceiptForged("this service does not sign its reports")

    def inbox_url(self, phone: str) -> str | None:
        """See `SmsSender.inbox_url`."""
        return None

    def _handed_over(self, message: SmsMessage) -> SmsReceipt:
        if message.id in self._unheard:
            if self._is_there(message):
                return SmsReceipt(message_id=message.id, provider_id=message.id)
            self._unheard.discard(message.id)
        request = self._models.SendSmsRequest(
            phone_numbers=_national(message.phone),
            sign_name=self._sign_name,
            template_code=self._templates[message.template],
            template_param=orjson.dumps(dict(message.params)).decode(),
            out_id=message.id,
        )
        body = self._call(self._client.send_sms_with_options, request)
        return SmsReceipt(message_id=message.id, provider_id=str(body.biz_id or ""))

    def _is_there(self, message: SmsMessage) -> bool:
        """Return whether the service has sent this message today."""
        request = self._models.QuerySendDetailsRequest(
            phone_number=_national(message.phone), send_date=f"{clock.today():%Y%m%d}", page_size=50, current_page=1
        )
        body = self._call(self._client.query_send_details_with_options, request)
        found = body.sms_send_detail_dtos
        return any(one.out_id == message.id for one in (found.sms_send_detail_dto if found else None) or ())

    def _call(self, operation: Callable[..., Any], request: Any) -> Any:
        """Return the response's body. Raise SmsUnavailable and SmsRejected."""
        try:
            body = operation(request, self._runtime).body
        except Exception as problem:
            # The SDK's error texts hold whole URLs with number and code: none of it is passed on, not even as a
            # cause.
            code = str(getattr(problem, "code", None) or "")
            raise (
                _fault(code) if code else _Unheard(f"the SMS service did not answer: {type(problem).__name__}")
            ) from None
        if body.code != "OK":
            raise _fault(str(body.code))
        return body

    def _remember(self, receipt: SmsReceipt) -> None:
        with self._lock:
            self._unheard.discard(receipt.message_id)
            self._taken[receipt.message_id] = receipt
            while len(self._taken) > REMEMBERED:
                self._taken.popitem(last=False)


def _fault(code: str) -> SmsRejected | SmsUnavailable:
    """Return what an error code of the service means for the message."""
    text = f"the SMS service answered {code[:80]}"
    if code in _REFUSED:
        return SmsRejected(text)
    return _Crowded(text) if code in _FLOW_CONTROL else SmsUnavailable(text)


def _national(phone: str) -> str:
    return phone.removeprefix("+86")
