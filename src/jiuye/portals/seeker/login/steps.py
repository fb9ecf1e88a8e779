"""Shared by all ways of signing in: rendering a step, errors at fields, the delivery state of a message."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jiuye.domains.accounts import queries
from jiuye.domains.accounts.states import CodeDelivery
from jiuye.kernel import clock
from jiuye.kernel.errors import Invalid, ProductError
from jiuye.kernel.http import framing

HERE = "portals/seeker/login/templates"
FRAMES = frozenset({"iframe", "frame", "embed", "object"})


RECEIPTS_TAKE = timedelta(seconds=30)
"""A message that was sent is delivered, or not, within seconds; some gateways never say, so nobody waits longer than this."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the page says about the delivery of a message; `state` is the domain's name for it."""

    kind: str
    text: str
    is_settled: bool
    state: str = ""


_DELIVERIES = {
    CodeDelivery.QUEUED: Delivery("info", "短信正在发出，通常几秒钟就到。", False),
    CodeDelivery.SENT: Delivery("ok", "短信已发出，5 分钟内有效。", True),
    CodeDelivery.DELIVERED: Delivery("ok", "短信已送达手机，5 分钟内有效。", True),
    CodeDelivery.DELAYED: Delivery("warn", "短信服务暂时不通，我们正在重试，请稍等。找工作、看职位不受影响。", False),
    CodeDelivery.REFUSED: Delivery("error", "短信没能发到这个号码。请核对手机号，或换一个手机号。", True),
    CodeDelivery.FAILED: Delivery(
        "error", "短信没有送达这部手机。请看看手机是否开机、有信号，60 秒后重新获取，或换一个手机号。", True
    ),
}


def delivery_of(code_id: UUID | None, binding: str, asked_at: datetime | None = None) -> Delivery | None:
    """Return the delivery state of this browser's message; None if there is no message.

    `asked_at`: when the code was requested. A message sent just then counts as pending a little longer, until it is
    delivered.
    """
    reached = queries.code_delivery(code_id=code_id, binding=binding) if code_id else None
    if reached is None:
        return None
    is_settled = _DELIVERIES[reached].is_settled
    if reached == CodeDelivery.SENT and asked_at and clock.now() - asked_at < RECEIPTS_TAKE:
        is_settled = False
    return replace(_DELIVERIES[reached], is_settled=is_settled, state=reached.value)


def delivery_fragment(request: HttpRequest, delivery: Delivery | None, follow: str) -> HttpResponse:
    """Answer the page's polling every two seconds: 204 while it already shows this state."""
    if delivery and not delivery.is_settled and request.GET.get("shown") == delivery.state:
        return HttpResponse(status=204)
    return render(request, f"{HERE}/delivery.html", {"delivery": delivery, "follow": follow})


def blame(form: Form, error: ProductError) -> None:
    """Add the error to its field, or to the only field of the form."""
    fields = error.fields if isinstance(error, Invalid) else {}
    for name, message in (fields or {next(iter(form.fields)): error.message}).items():
        form.add_error(name if name in form.fields else None, message)


def in_whole_window(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """In another site's frame the browser does not send the session cookie (SameSite=Lax): offer the page in the whole window."""

    @wraps(view)
    def unframed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return whole_window(request) if is_framed(request) else view(request, *args, **kwargs)

    return unframed


def whole_window(request: HttpRequest) -> HttpResponse:
    """Render the page that offers this address in the whole window. It has no other action, so it may be framed."""
    return framing.allow(render(request, f"{HERE}/framed.html", {"address": request.get_full_path()}))


def is_framed(request: HttpRequest) -> bool:
    """Whether the browser says that this page is loaded in a frame (Fetch Metadata)."""
    return request.method == "GET" and request.headers.get("Sec-Fetch-Dest", "") in FRAMES
