"""Text messages through an HTTP gateway with bearer token and idempotency key (the sandbox's is one)."""

import random
import time
from collections.abc import Mapping
from datetime import datetime

import httpx
import orjson

from jiuye.adapters.bounded_http import ASKED, BoundedTransport
from jiuye.adapters.circuit_breaker import CircuitBreaker
from jiuye.adapters.message_signatures import SignatureInvalid, verify
from jiuye.ports.sms import (
    ReceiptForged,
    SmsDelivery,
    SmsMessage,
    SmsReceipt,
    SmsRejected,
    SmsSender,
    SmsUnavailable,
)

# Seconds. A healthy gateway answers in a tenth of this; the worker's job retries later anyway.
CONNECT, TOTAL = 1.0, 3.0
ATTEMPTS = 3


class HttpSmsSender(SmsSender):
    """`POST {url}/messages`, and receipts that the gateway posts to `receipt_path` of this site, signed with
    `receipt_key`.

    `url` and `token` are the gateway's; without a key no receipt is accepted. `inbox_url` is set only for a simulated
    gateway, which shows a phone's messages at `{inbox_url}/{phone}`. `breaker` may be shared or replaced by tests.
    """

    def __init__(
        self,
        *,
        url: str,
        token: str,
        receipt_key: str = "",
        receipt_path: str = "",
        inbox_url: str = "",
        breaker: CircuitBreaker | None = None,
    ) -> None:
        self._client = httpx.Client(
            base_url=url.rstrip("/"),
            transport=BoundedTransport(TOTAL),
            headers={"Authorization": f"Bearer {token}", **ASKED},
            timeout=httpx.Timeout(TOTAL - CONNECT, connect=CONNECT),
            follow_redirects=False,
            # The environment's proxies are for the internet, not for a configured gateway.
            trust_env=False,
        )
        self._receipt_key = receipt_key
        self._receipt_path = receipt_path
        self._inbox_url = inbox_url.rstrip("/")
        self._breaker = breaker or CircuitBreaker()

    def send(self, message: SmsMessage) -> SmsReceipt:
        """See `SmsSender.send`."""
        if not self._breaker.admits():
            raise SmsUnavailable("the SMS gateway was down a moment ago; not asked again yet")
        try:
            receipt = self._receipt(message, self._post(message))
        except SmsUnavailable:
            self._breaker.failed()
            raise
        except SmsRejected:
            self._breaker.succeeded()
            raise
        self._breaker.succeeded()
        return receipt

    def read_receipt(self, *, headers: Mapping[str, str], body: bytes) -> SmsDelivery:
        """See `SmsSender.read_receipt`."""
        if not self._receipt_key:
            raise ReceiptForged("no key is agreed on with this gateway")
        try:
            verify(self._receipt_key, method="POST", path=self._receipt_path, headers=headers, body=body)
            told = orjson.loads(body)
            at = datetime.fromisoformat(told["at"])
            if told["status"] not in ("delivered", "failed") or at.tzinfo is None:
                raise ValueError("an unknown status or a time without its offset")
            return SmsDelivery(message_id=str(told["message_id"]), outcome=told["status"], at=told["at"])
        except SignatureInvalid as problem:
            raise ReceiptForged(str(problem)) from problem
        except (ValueError, KeyError, TypeError) as problem:
            raise ReceiptForged("signed, but no receipt") from problem

    def inbox_url(self, phone: str) -> str | None:
        """See `SmsSender.inbox_url`."""
        return f"{self._inbox_url}/{phone.removeprefix('+86')}" if self._inbox_url else None

    def _post(self, message: SmsMessage) -> httpx.Response:
        """Return the gateway's response. Broken connections are retried at once, which the idempotency key makes safe;
        timeouts are not, so that a call stays within about `TOTAL` seconds.
        """
        body = {
            "message_id": message.id,
            "phone": message.phone,
            "template": message.template,
            "params": dict(message.params),
            "text": message.text,
        }
        started = time.monotonic()
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._client.post("/messages", json=body)
            except (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ConnectTimeout) as problem:
                if attempt == ATTEMPTS or time.monotonic() - started > CONNECT:
                    raise SmsUnavailable(f"the SMS gateway cannot be reached: {type(problem).__name__}") from problem
                time.sleep(random.uniform(0.05, 0.15) * attempt)  # noqa: S311 (jitter, not a secret)
            except httpx.HTTPError as problem:
                raise SmsUnavailable(f"the SMS gateway did not answer: {type(problem).__name__}") from problem
        raise AssertionError("unreachable")

    @staticmethod
    def _receipt(message: SmsMessage, answer: httpx.Response) -> SmsReceipt:
        if answer.status_code in (401, 403, 408, 429) or not 200 <= answer.status_code < 500:
            raise SmsUnavailable(f"the SMS gateway answered {answer.status_code}")
        if answer.status_code >= 300:
            raise SmsRejected(f"the SMS gateway answered {answer.status_code}")
        try:
            return SmsReceipt(message_id=message.id, provider_id=str(orjson.loads(answer.content)["provider_id"]))
        except (ValueError, KeyError, TypeError) as problem:
            raise SmsUnavailable("the SMS gateway's answer makes no sense") from problem
