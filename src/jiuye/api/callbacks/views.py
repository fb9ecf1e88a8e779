"""Views for callbacks. The signature authenticates the sender; without it nothing is read and nothing changes.

Nonces are not remembered: a callback repeated within its five minutes finds its action done and changes nothing; a
later one is stale.
"""

from collections.abc import Callable
from functools import wraps

import structlog
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from jiuye.api.problems import of_error, problem
from jiuye.api.signatures import declared_length
from jiuye.domains.accounts import actions as accounts
from jiuye.domains.verification import actions as verification
from jiuye.kernel import space
from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import id_in
from jiuye.kernel.networks import network_of
from jiuye.kernel.rate_limits import ADDRESS, Limit
from jiuye.notifications import actions as notifications
from jiuye.ports import authority as authority_port
from jiuye.ports import sms as sms_port

log = structlog.get_logger("callbacks")
LARGEST_BODY = 64 * 1024
# Per address. A service with a changed key retries for longer than that.
FORGED = Limit("forged-callbacks", "签名不对的回调（对的不计）", ADDRESS, 30, 60)

Receive = Callable[[HttpRequest], None]
View = Callable[..., HttpResponseBase]


def _callback(receive: Receive) -> View:
    """Return the view of one callback: 204 if `receive` accepts it, 401 if it is forged, a problem for other errors."""

    @access(PUBLIC)
    @wraps(receive)
    def view(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return problem(request, 405, "method_not_allowed", "这里只支持 POST。", headers={"Allow": "POST"})
        if declared_length(request) > LARGEST_BODY:
            return problem(request, 413, "too_large", f"内容超过 {LARGEST_BODY // 1024} KB。")
        try:
            space.require()
            receive(request)
        except (authority_port.CallbackForged, sms_port.ReceiptForged) as forgery:
            return _refuse(request, receive.__name__, forgery)
        except Exception as error:
            return of_error(request, error)
        return HttpResponse(status=204, headers={"Cache-Control": "no-store"})

    return view


def _refuse(request: HttpRequest, name: str, forgery: Exception) -> HttpResponse:
    """Refuse a forgery and count it, which limits guessing and log entries; valid callbacks are not counted."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        FORGED.hit(network_of(address))
    except Exception as error:
        return of_error(request, error)
    log.warning("callback refused", callback=name, reason=str(forgery))
    return problem(request, 401, "forged", "签名不对或已过期。", headers={"WWW-Authenticate": "Signature"})


@_callback
def authority(request: HttpRequest) -> None:
    """The result of a verification request. One that is unknown or answered already changes nothing and is accepted: the
    authority would only send it again.
    """
    answer = authority_port.get().read_callback(headers=request.headers, body=request.body)
    verification.record_answer(Actor.system(), answer=answer)


@_callback
def sms_receipts(request: HttpRequest) -> None:
    """The delivery report of a text message: of a code or of a notification. Reports of other or deleted messages are
    accepted and ignored: the gateway would only send them again.
    """
    told = sms_port.get().read_receipt(headers=request.headers, body=request.body)
    message_id = id_in(told.message_id)
    if message_id is None:
        return
    is_delivered = told.outcome == "delivered"
    if not accounts.record_receipt(Actor.system(), code_id=message_id, is_delivered=is_delivered):
        notifications.record_receipt(Actor.system(), message_id=message_id, is_delivered=is_delivered)
