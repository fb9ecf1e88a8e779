"""Run an unsafe request of a program once, though it is sent again with the same key
(draft-ietf-httpapi-idempotency-key-header).

The answer is stored in the transaction of the effect: after a crash either both are there or neither. Two requests at the
same moment: the second does not wait, it is told to come back.
"""

import base64
import hashlib
from collections.abc import Callable, Sequence
from datetime import timedelta

import orjson
from django.db import connection, transaction
from django.http import HttpResponse

from jiuye.kernel import clock
from jiuye.kernel.errors import ProductError
from jiuye.kernel.models import StoredAnswer
from jiuye.kernel.retention import forget

KEPT = timedelta(hours=72)
"""In real time, also for test data."""
REPLAYED = "Idempotent-Replayed"
# Refusals before anything was done: the caller corrects the request and may keep its key.
_NOT_KEPT = frozenset({412, 422, 429})


class KeyReused(ProductError):
    """The key was used for another request."""

    code = "idempotency_key_reused"
    status = 422

    def __init__(self) -> None:
        super().__init__("这个 Idempotency-Key 已用于内容不同的请求，这次没有执行。请为新的请求换一个键。")


class KeyInUse(ProductError):
    """The first request with the key is still being processed; `retry_after` is in seconds."""

    code = "idempotency_key_in_use"
    status = 409
    retry_after = 1

    def __init__(self) -> None:
        super().__init__("使用同一 Idempotency-Key 的请求正在处理，请 1 秒后再试。")


def run_once(
    scope: Sequence[str], request: bytes, run: Callable[[], HttpResponse], answer: Callable[[Exception], HttpResponse]
) -> HttpResponse:
    """Return the stored answer of `scope`, or run the request in one transaction and store its answer.

    `scope` is caller, method, path and key; `request` everything else that makes the request what it is. `run` runs it,
    `answer` turns what it raised into an answer. Answers from 500 on undo everything and are not stored, nor are refusals
    before anything was done. Raises `KeyReused` and `KeyInUse`.
    """
    key = _digest(*(part.encode() for part in scope))
    with transaction.atomic():
        if not _lock(key):
            raise KeyInUse
        stored = StoredAnswer.objects.filter(pk=key, expires_at__gt=clock.real_now()).first()
        if stored:
            if stored.request != _digest(request):
                raise KeyReused
            return _replayed(stored.answer)
        try:
            response = run()
        except Exception as error:  # a refusal commits what was written before it, such as counters
            response = answer(error)
        if response.status_code >= 500:
            transaction.set_rollback(True)
        elif response.status_code not in _NOT_KEPT:
            _store(key, _digest(request), response)
    return response


def forget_expired() -> int:
    """Delete answers after their 72 hours. Return how many."""
    return forget(StoredAnswer.objects.filter(expires_at__lt=clock.real_now()))


def _digest(*parts: bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8) + part)
    return whole.hexdigest()


def _lock(key: str) -> bool:
    """Lock the key until the end of the transaction. The answer is read by a later statement: this one's snapshot is from
    before the lock.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [int.from_bytes(bytes.fromhex(key)[:8], signed=True)])
        return bool(cursor.fetchone()[0])


def _store(key: str, request: str, response: HttpResponse) -> None:
    told = [response.status_code, dict(response.items()), base64.b64encode(response.content).decode()]
    moment = clock.real_now()
    StoredAnswer.objects.update_or_create(
        key=key, defaults={"request": request, "answer": orjson.dumps(told).decode(), "expires_at": moment + KEPT}
    )


def _replayed(answer: str) -> HttpResponse:
    status, headers, body = orjson.loads(answer)
    # nosemgrep: html-without-template - an answer of the API again, with its own content type
    return HttpResponse(base64.b64decode(body), status=status, headers={**headers, REPLAYED: "true"})
