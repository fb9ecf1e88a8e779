"""Conflicts between a card and an account: the card's phone number already has an account under another name or card.

Nothing is linked by guessing. The owner of the account proves it by a code sent to its phone; anybody else opens a
new account with another number. The rules are in `accounts.actions` (docs/identity.md).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiuye.domains.accounts import actions
from jiuye.domains.accounts.actions import CardConflict, SignedIn
from jiuye.domains.accounts.states import SignInMethod
from jiuye.kernel import clock
from jiuye.kernel.access import ANYONE, access
from jiuye.kernel.crypto import encrypt, opened
from jiuye.kernel.errors import Invalid, ProductError, RateLimited, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.errors import form_page
from jiuye.portals.seeker.login import attempt as attempts
from jiuye.portals.seeker.login.entry import come_in
from jiuye.portals.seeker.login.forms import CodeForm, NewPhoneForm
from jiuye.portals.seeker.login.steps import (
    HERE,
    Delivery,
    blame,
    delivery_fragment,
    delivery_of,
    in_whole_window,
)
from jiuye.ports import sms

KEY = "card_conflict"


@dataclass(frozen=True, slots=True)
class Pending:
    """A conflict that this browser has to resolve: its id in the accounts domain, and the way of sign-in.

    `phone` is the other number that a code was sent to; empty for the card's own number. The session stores it
    encrypted.
    """

    token: str
    method: SignInMethod
    channel: str = ""
    target: str = ""
    way: str = ""
    phone: str = ""
    code_id: UUID | None = None
    asked_at: datetime | None = None

    def wait(self) -> int:
        """Seconds until another code may be requested."""
        passed = (clock.now() - self.asked_at).total_seconds() if self.asked_at else attempts.RESEND_SECONDS
        return max(0, attempts.RESEND_SECONDS - int(passed))


def begin(request: Request, found: CardConflict, *, method: SignInMethod, channel: str = "", target: str = "") -> str:
    """Store the conflict in the session; return the address of the page that explains it."""
    _save(request.session, Pending(found.token, method, channel, target))
    return reverse("login:card")


def _load(session: SessionBase) -> Pending:
    """Load the conflict. Raise Refused if there is none: it was resolved, or the session has ended."""
    stored: dict[str, Any] | None = session.get(KEY)
    phone = opened(stored["phone"]) if stored and stored["phone"] else ""
    if stored is None or phone is None:
        raise Refused("这次登录已结束。请重新用电子社保卡登录，或用手机号登录。", code="conflict_expired")
    return Pending(
        token=stored["token"],
        method=SignInMethod(stored["method"]),
        channel=stored["channel"],
        target=stored["target"],
        way=stored["way"],
        phone=phone,
        code_id=UUID(stored["code_id"]) if stored["code_id"] else None,
        asked_at=datetime.fromisoformat(stored["asked_at"]) if stored["asked_at"] else None,
    )


def _save(session: SessionBase, pending: Pending) -> None:
    session[KEY] = {
        "token": pending.token,
        "method": pending.method.value,
        "channel": pending.channel,
        "target": pending.target,
        "way": pending.way,
        "phone": encrypt(pending.phone) if pending.phone else "",
        "code_id": str(pending.code_id or ""),
        "asked_at": pending.asked_at.isoformat() if pending.asked_at else "",
    }


def _binding(request: Request) -> str:
    return attempts.load(request.session).binding


def _found(request: Request, pending: Pending) -> CardConflict:
    """Find the conflict in the accounts domain. Raise Refused if it has expired."""
    return actions.read_conflict(request.actor, token=pending.token, binding=_binding(request))


def _delivery(request: Request, pending: Pending) -> Delivery | None:
    return delivery_of(pending.code_id, _binding(request), pending.asked_at)


@access(ANYONE)
@require_safe
@in_whole_window
def explain(request: Request) -> HttpResponse:
    """Explain the conflict and the two ways to resolve it."""
    pending = _load(request.session)
    return render(request, f"{HERE}/conflict.html", {"conflict": _found(request, pending)})


@sensitive_post_parameters("code")
@access(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
@in_whole_window
def mine(request: Request) -> HttpResponse:
    """“那是我的账号”: GET shows where the code was sent, POST checks it."""
    pending = _load(request.session)
    found = _found(request, pending)
    if pending.way != "mine" or pending.code_id is None:
        return HttpResponseRedirect(reverse("login:card"), status=303)
    return _prove(request, pending, found.phone, "conflict_mine.html")


@access(ANYONE)
@require_POST
def mine_code(request: Request) -> HttpResponse:
    """Send a code, or another one, to the phone of the card and the account."""
    pending = _load(request.session)
    found = _found(request, pending)
    try:
        code_id = actions.request_claim_code(request.actor, token=pending.token, binding=_binding(request))
    except RateLimited as error:
        if request.headers.get("HX-Request"):
            return _sender(request, pending, "login:card_mine_code", error)
        if pending.code_id is None:
            raise
        return _code_page(request, pending, CodeForm(), found.phone, "conflict_mine.html", error, error.message)
    asked = replace(pending, way="mine", phone="", code_id=code_id, asked_at=clock.now())
    _save(request.session, asked)
    return _sent(request, asked, "login:card_mine")


@sensitive_post_parameters("code")
@access(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
@in_whole_window
def other(request: Request) -> HttpResponse:
    """“不是我的”: GET asks for another number or, after a code was sent, for the code; POST checks it."""
    pending = _load(request.session)
    found = _found(request, pending)
    if pending.way == "other" and pending.code_id and "change" not in request.GET:
        return _prove(request, pending, "", "conflict_other_code.html")
    form = NewPhoneForm(initial={"phone": pending.phone})
    return form_page(request, f"{HERE}/conflict_other.html", {"form": form, "conflict": found})


@access(ANYONE)
@require_POST
def other_code(request: Request) -> HttpResponse:
    """Send a code to the given number, or again to the previous one."""
    pending = _load(request.session)
    found = _found(request, pending)
    is_again = pending.way == "other" and "phone" not in request.POST
    form = NewPhoneForm({"phone": pending.phone} if is_again else request.POST)
    if not form.is_valid():
        return form_page(request, f"{HERE}/conflict_other.html", {"form": form, "conflict": found}, Invalid({}))
    phone = form.cleaned_data["phone"]
    try:
        code_id = actions.request_new_phone_code(
            request.actor, token=pending.token, phone=phone, binding=_binding(request)
        )
    except (Invalid, RateLimited) as error:
        if request.headers.get("HX-Request"):
            return _sender(request, pending, "login:card_other_code", error)
        if is_again:
            return _code_page(request, pending, CodeForm(), "", "conflict_other_code.html", error, error.message)
        blame(form, error)
        return form_page(request, f"{HERE}/conflict_other.html", {"form": form, "conflict": found}, error)
    asked = replace(pending, way="other", phone=phone, code_id=code_id, asked_at=clock.now())
    _save(request.session, asked)
    return _sent(request, asked, "login:card_other")


def _sent(request: Request, asked: Pending, page: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return _sender(request, asked, f"{page}_code")
    return HttpResponseRedirect(reverse(page), status=303)


def _sender(request: Request, pending: Pending, route: str, error: ProductError | None = None) -> HttpResponse:
    """Render the button beside the code, with its countdown, for htmx."""
    context = {"wait": pending.wait(), "error": error.message if error else "", "send": reverse(route)}
    told = {
        "delivery": _delivery(request, pending),
        "follow": reverse("login:card_delivery"),
    }
    return render(request, f"{HERE}/again.html", context | told)


def _code_page(
    request: Request,
    pending: Pending,
    form: Form,
    shown_phone: str,
    template: str,
    error: ProductError | None = None,
    again: str = "",
) -> HttpResponse:
    context: dict[str, object] = {
        "form": form,
        "phone": shown_phone or pending.phone,
        "wait": pending.wait(),
        "again": again,
        "delivery": _delivery(request, pending),
        "inbox": sms.get().inbox_url(pending.phone) if pending.phone else None,
    }
    return form_page(request, f"{HERE}/{template}", context, error)


def _prove(request: Request, pending: Pending, shown_phone: str, template: str) -> HttpResponse:
    """GET: the form for the code. POST: check it and sign in."""
    if request.method != "POST":
        return _code_page(request, pending, CodeForm(), shown_phone, template)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, pending, form, shown_phone, template, Invalid({}))
    try:
        entered = _resolve(request, pending, form.cleaned_data["code"])
    except (Invalid, RateLimited) as error:
        blame(form, error)
        return _code_page(request, pending, form, shown_phone, template, error)
    goal = come_in(request, entered, method=pending.method, channel=pending.channel, target=pending.target)
    return HttpResponseRedirect(goal, status=303)


def _resolve(request: Request, pending: Pending, code: str) -> SignedIn:
    known = {"token": pending.token, "binding": _binding(request)}
    if pending.way == "mine":
        return actions.claim_account(request.actor, code=code, **known)
    return actions.open_account(request.actor, phone=pending.phone, code=code, **known)


@access(ANYONE)
@require_safe
def delivery(request: Request) -> HttpResponse:
    """Fragment: the delivery state of the message, polled until it is final."""
    return delivery_fragment(request, _delivery(request, _load(request.session)), reverse("login:card_delivery"))
